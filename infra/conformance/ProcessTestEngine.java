import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.process.test.engine.EngineFactory;
import io.camunda.zeebe.protocol.record.Record;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Lends the published in-memory test engine to a program that is not Java. A line in is a command, the lines out are JSON; the
 * last line of an answer has the property "done".
 *
 * <p>fresh: a new, empty engine; answers with its address. advance MS: moves its clock. records: everything published since the
 * last time, once the engine has nothing left to do.
 */
public class ProcessTestEngine {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static ZeebeTestEngine engine;
  private static long seen;

  public static void main(String[] arguments) throws Exception {
    // whatever logs to standard output must not stand between the answers
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.trim().split(" ");
      switch (words[0]) {
        case "fresh" -> answers.println("{\"done\":\"" + fresh() + "\"}");
        case "advance" -> {
          engine.waitForIdleState(PATIENCE);
          engine.increaseTime(Duration.ofMillis(Long.parseLong(words[1])));
          awaitWork();
          answers.println("{\"done\":true}");
        }
        case "records" -> answers.println("{\"done\":" + print(answers) + "}");
        default -> answers.println("{\"done\":false}");
      }
    }
    if (engine != null) engine.stop();
    System.exit(0);
  }

  private static String fresh() {
    if (engine != null) engine.stop();
    engine = EngineFactory.create();
    engine.start();
    seen = 0;
    return engine.getGatewayAddress();
  }

  /** What falls due is found by a checker that runs on its own; nothing may fall due at all. */
  private static void awaitWork() throws Exception {
    try {
      engine.waitForBusyState(Duration.ofMillis(1500));
    } catch (java.util.concurrent.TimeoutException nothingFellDue) {
      return;
    }
    engine.waitForIdleState(PATIENCE);
  }

  private static long print(PrintStream answers) throws Exception {
    engine.waitForIdleState(PATIENCE);
    long index = 0;
    for (Record<?> record : engine.getRecordStreamSource().getRecords()) {
      if (index++ < seen) continue;
      answers.println(record.toJson());
    }
    long printed = index - seen;
    seen = index;
    return printed;
  }
}
