"""The published Python client pyzeebe. Arguments: gRPC address, REST address (not used), model."""

import asyncio
import sys

from pyzeebe import Job, ZeebeClient, ZeebeWorker, create_insecure_channel
from pyzeebe.errors import BusinessError, ProcessDefinitionNotFoundError, ProcessInstanceNotFoundError

address, _, model = sys.argv[1:]
failed = False


async def step(name, act):
    global failed
    try:
        await act()
        print(f"ok {name}", flush=True)
    except Exception as error:
        failed = True
        print(f"not ok {name}: {type(error).__name__} {error}", flush=True)


async def refused(kind, act):
    try:
        await act
    except kind:
        return
    raise AssertionError(f"expected {kind.__name__}")


async def main():
    channel = create_insecure_channel(grpc_address=address)
    client = ZeebeClient(channel)

    async def topology():
        assert (await client.topology()).partitions_count == 1
        assert (await client.healthcheck()).status == 1

    async def deploy():
        assert (await client.deploy_resource(model)).deployments[0].bpmn_process_id == "claim"

    async def refusal():
        await refused(ProcessDefinitionNotFoundError, client.run_process("nobody"))

    def worker(streams):
        # without streams the worker polls
        made = ZeebeWorker(channel, name="python", **({"stream_enabled": True} if streams else {}))

        @made.task(task_type="check-claim", exception_handler=on_failure)
        async def check(job: Job, claim: str = "", shaky: bool = False, unfair: bool = False):
            if unfair:
                raise BusinessError("UNFAIR", "not fair")
            if shaky and job.retries == 3:
                raise RuntimeError("shaky")
            return {"tone": job.custom_headers["tone"], "retries": job.retries, "pushed": streams}

        return made

    async def on_failure(error, job, controller):
        if isinstance(error, BusinessError):
            await controller.set_error_status(str(error), error.error_code)
        else:
            await controller.set_failure_status(str(error))

    async def start(**variables):
        return (await client.run_process_with_result("claim", variables=variables, timeout=20_000)).variables

    async def pay(claim):
        await client.publish_message("claim-paid", claim, variables={"paid": True}, time_to_live_in_milliseconds=10_000)

    async def work():
        await pay("python-1")
        result = await start(claim="python-1")
        assert (result["tone"], result["paid"]) == ("friendly", True), result

    async def retry():
        await pay("python-2")
        assert (await start(claim="python-2", shaky=True))["retries"] == 2

    async def error():
        assert "tone" not in await start(claim="python-3", unfair=True)

    async def push():
        await pay("python-4")
        assert (await start(claim="python-4"))["pushed"] is True

    async def cancel():
        key = (await client.run_process("claim", {"claim": "python-5"})).process_instance_key
        await client.cancel_process_instance(key)
        await refused(ProcessInstanceNotFoundError, client.cancel_process_instance(key))

    await step("topology", topology)
    await step("deploy", deploy)
    await step("refusal", refusal)
    polling = worker(False)
    running = asyncio.create_task(polling.work())
    await step("work and result", work)
    await step("failure and retry", retry)
    await step("error", error)
    await polling.stop()
    await running
    streaming = worker(True)
    running = asyncio.create_task(streaming.work())
    await asyncio.sleep(1)
    await step("push", push)
    await streaming.stop()
    running.cancel()
    await step("cancel", cancel)


asyncio.run(main())
sys.exit(1 if failed else 0)
