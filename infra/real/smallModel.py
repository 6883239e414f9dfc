"""Serves a model in a GGUF file with OpenAI's chat completions on a loopback port, until its input ends: model, port."""
import sys

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.hostnames = ["127.0.0.1"]
params.port = int(sys.argv[2])
params.offline = True
params.n_ctx = 2048
params.n_parallel = 1
# Threads that wait for each other by turning in circles take the processor from the product.
params.cpuparams.n_threads = 1
params.cpuparams.poll = 0
server = xllamacpp.Server(params)
sys.stdin.read()
