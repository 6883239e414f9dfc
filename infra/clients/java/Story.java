// The published Java client, by gRPC and by REST. Arguments: gRPC address, REST address, model.
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.worker.JobHandler;
import io.camunda.client.api.worker.JobWorker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

public class Story {
  interface Act {
    void run() throws Exception;
  }

  static boolean failed = false;

  static void step(String name, Act act) {
    try {
      act.run();
      System.out.println("ok " + name);
    } catch (Throwable error) {
      failed = true;
      System.out.println("not ok " + name + ": " + error.toString().replace('\n', ' '));
    }
  }

  static void expect(String what, Object value, Object expected) {
    if (!expected.equals(value))
      throw new AssertionError("expected " + what + " to be " + expected + ", but it is " + value);
  }

  public static void main(String[] arguments) throws Exception {
    CamundaClient client =
        CamundaClient.newClientBuilder()
            .grpcAddress(URI.create("http://" + arguments[0]))
            .restAddress(URI.create(arguments[1]))
            .preferRestOverGrpc(false)
            .build();
    AtomicInteger seen = new AtomicInteger();
    JobHandler handler =
        (jobs, job) -> {
          seen.incrementAndGet();
          Map<String, Object> variables = job.getVariablesAsMap();
          if (Boolean.TRUE.equals(variables.get("unfair")))
            jobs.newThrowErrorCommand(job).errorCode("UNFAIR").send().join();
          else if (Boolean.TRUE.equals(variables.get("shaky")) && job.getRetries() == 3)
            jobs.newFailCommand(job).retries(2).errorMessage("shaky").send().join();
          else
            jobs.newCompleteCommand(job)
                .variables(Map.of("tone", job.getCustomHeaders().get("tone"), "retries", job.getRetries()))
                .send()
                .join();
        };

    step("topology", () -> expect("partitions", client.newTopologyRequest().send().join().getPartitionsCount(), 1));
    step(
        "deploy",
        () ->
            expect(
                "the process",
                client
                    .newDeployResourceCommand()
                    .addResourceFile(arguments[2])
                    .send()
                    .join()
                    .getProcesses()
                    .get(0)
                    .getBpmnProcessId(),
                "claim"));
    step(
        "refusal",
        () -> {
          try {
            client.newCreateInstanceCommand().bpmnProcessId("nobody").latestVersion().send().join();
          } catch (ClientStatusException refusal) {
            expect("the code", refusal.getStatusCode().name(), "NOT_FOUND");
            return;
          }
          throw new AssertionError("expected a refusal");
        });
    JobWorker polling =
        client.newWorker().jobType("check-claim").handler(handler).pollInterval(Duration.ofMillis(100)).open();
    step(
        "work and result",
        () -> {
          pay(client, "java-1");
          Map<String, Object> result = start(client, Map.of("claim", "java-1"));
          expect("the result", List.of(result.get("tone"), result.get("paid")), List.of("friendly", true));
        });
    step(
        "failure and retry",
        () -> {
          pay(client, "java-2");
          expect("the retries", start(client, Map.of("claim", "java-2", "shaky", true)).get("retries"), 2);
        });
    step(
        "error",
        () -> {
          int before = seen.get();
          start(client, Map.of("claim", "java-3", "unfair", true));
          expect("the jobs", seen.get(), before + 1);
        });
    polling.close();
    step(
        "push",
        () -> {
          int before = seen.get();
          try (JobWorker streaming =
              client
                  .newWorker()
                  .jobType("check-claim")
                  .handler(handler)
                  .streamEnabled(true)
                  .pollInterval(Duration.ofMinutes(1))
                  .open()) {
            Thread.sleep(1000);
            pay(client, "java-4");
            start(client, Map.of("claim", "java-4"));
          }
          expect("the jobs", seen.get(), before + 1);
        });
    step(
        "cancel",
        () -> {
          long key =
              client
                  .newCreateInstanceCommand()
                  .bpmnProcessId("claim")
                  .latestVersion()
                  .send()
                  .join()
                  .getProcessInstanceKey();
          client.newCancelInstanceCommand(key).send().join();
          try {
            client.newCancelInstanceCommand(key).send().join();
          } catch (ClientStatusException refusal) {
            expect("the code", refusal.getStatusCode().name(), "NOT_FOUND");
            return;
          }
          throw new AssertionError("expected a refusal");
        });
    step(
        "search",
        () ->
            expect(
                "the instances",
                client
                    .newProcessInstanceSearchRequest()
                    .filter(filter -> filter.processDefinitionId("claim").endDate(date -> date.exists(true)))
                    .sort(sort -> sort.startDate().desc())
                    .page(page -> page.limit(2))
                    .send()
                    .join()
                    .page()
                    .totalItems(),
                5L));
    client.close();
    System.exit(failed ? 1 : 0);
  }

  static Map<String, Object> start(CamundaClient client, Map<String, Object> variables) {
    return client
        .newCreateInstanceCommand()
        .bpmnProcessId("claim")
        .latestVersion()
        .variables(variables)
        .withResult()
        .requestTimeout(Duration.ofSeconds(20))
        .send()
        .join()
        .getVariablesAsMap();
  }

  static void pay(CamundaClient client, String claim) {
    client
        .newPublishMessageCommand()
        .messageName("claim-paid")
        .correlationKey(claim)
        .timeToLive(Duration.ofSeconds(10))
        .variables(Map.of("paid", true))
        .send()
        .join();
  }
}
