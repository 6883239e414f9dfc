import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.process.test.engine.EngineFactory;
import io.camunda.zeebe.protocol.impl.record.RecordMetadata;
import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/**
 * Lends the published in-memory test engine to a program that is not Java. A line in is a command, the lines out are JSON; the
 * last line of an answer has the property "done".
 *
 * <p>fresh: a new, empty engine; answers with its address. advance MS: moves its clock. records: everything published since the
 * last time, once the engine has nothing left to do. command JSON: gives the engine a command that has no RPC, {valueType, intent,
 * key, value, operationReference if it has one}; answers with a number. answer NUMBER: what the engine replied to it, null as long as it has not.
 */
public class ProcessTestEngine {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static ZeebeTestEngine engine;
  private static long seen;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Long, String> answered = new ConcurrentHashMap<>();
  private static long commands;

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
        case "command" -> answers.println("{\"done\":" + command(line.substring("command ".length())) + "}");
        case "answer" -> answers.println("{\"done\":" + answered.get(Long.valueOf(words[1])) + "}");
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

  /** Some commands of the engine have a door in the REST API only, which the test engine lacks. */
  private static long command(String json) throws Exception {
    JsonNode asked = JSON.readTree(json);
    ValueType valueType = ValueType.valueOf(asked.get("valueType").asText());
    UnifiedRecordValue value = UnifiedRecordValue.fromValueType(valueType);
    value.wrap(new UnsafeBuffer(packed(asked.get("value"))));
    long number = ++commands;
    Object gateway = field(engine, "gateway");
    Object store = field(gateway, "gatewayRequestStore");
    Method register = open(store, "registerNewRequest");
    // an answer without content: whatever the engine replies becomes that, or an error
    Object requestId = register.invoke(store, GatewayOuterClass.CompleteJobResponse.class, observer(number));
    RecordMetadata metadata =
        new RecordMetadata()
            .recordType(RecordType.COMMAND)
            .valueType(valueType)
            .intent(Intent.fromProtocolValue(valueType, asked.get("intent").asText()))
            .requestStreamId(1)
            .requestId((Long) requestId);
    if (asked.has("operationReference")) metadata.operationReference(asked.get("operationReference").asLong());
    Object writer = field(gateway, "writer");
    long key = asked.get("key").asLong();
    if (key < 0) open(writer, "writeCommandWithoutKey").invoke(writer, value, metadata);
    else open(writer, "writeCommandWithKey").invoke(writer, key, value, metadata);
    engine.waitForIdleState(PATIENCE);
    return number;
  }

  private static StreamObserver<Object> observer(long number) {
    return new StreamObserver<>() {
      @Override
      public void onNext(Object answer) {
        answered.put(number, "\"accepted\"");
      }

      @Override
      public void onError(Throwable error) {
        answered.put(number, JSON.getNodeFactory().textNode(error.getMessage()).toString());
      }

      @Override
      public void onCompleted() {}
    };
  }

  private static Object field(Object owner, String name) throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }

  private static Method open(Object owner, String name) {
    for (Method method : owner.getClass().getDeclaredMethods()) {
      if (!method.getName().equals(name)) continue;
      method.setAccessible(true);
      return method;
    }
    throw new IllegalArgumentException(name);
  }

  /** Records travel as message-pack; a document inside one is a blob of it. */
  private static byte[] packed(JsonNode node) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      pack(node, packer, true);
      return packer.toByteArray();
    }
  }

  private static void pack(JsonNode node, MessagePacker packer, boolean record) throws IOException {
    if (node.isObject()) {
      packer.packMapHeader(node.size());
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        packer.packString(entry.getKey());
        if (record && entry.getKey().equals("variables")) {
          MessageBufferPacker document = MessagePack.newDefaultBufferPacker();
          pack(entry.getValue(), document, false);
          packer.packBinaryHeader(document.toByteArray().length);
          packer.writePayload(document.toByteArray());
        } else pack(entry.getValue(), packer, record);
      }
    } else if (node.isArray()) {
      packer.packArrayHeader(node.size());
      for (JsonNode entry : node) pack(entry, packer, record);
    } else if (node.isTextual()) packer.packString(node.textValue());
    else if (node.isBoolean()) packer.packBoolean(node.booleanValue());
    else if (node.isIntegralNumber()) packer.packLong(node.longValue());
    else if (node.isNumber()) packer.packDouble(node.doubleValue());
    else packer.packNil();
  }
}
