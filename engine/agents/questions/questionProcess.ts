import { QUESTION_PROCESS } from '@baton/engine/protocol';

/** Type of the one job of the process: it takes a question on, and later the answer. */
export const QUESTION_JOB_TYPE = 'baton-question';

/**
 * The process that asks a person, begun by a message: the job takes it on, the person answers, the job takes the answer or sends
 * it back with what is wrong.
 */
export const questionProcess = {
  name: `${QUESTION_PROCESS}.bpmn`,
  content: `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="Question" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:message id="Asked" name="${QUESTION_PROCESS}" />
  <bpmn:process id="${QUESTION_PROCESS}" name="Question" isExecutable="true">
    <bpmn:startEvent id="Begin" name="A call asks">
      <bpmn:outgoing>ToTake</bpmn:outgoing>
      <bpmn:messageEventDefinition id="BeginMessage" messageRef="Asked" />
    </bpmn:startEvent>
    <bpmn:serviceTask id="Take" name="Take question or answer">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="${QUESTION_JOB_TYPE}" />
      </bpmn:extensionElements>
      <bpmn:incoming>ToTake</bpmn:incoming>
      <bpmn:incoming>ToTakeAnswer</bpmn:incoming>
      <bpmn:outgoing>ToDecision</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:exclusiveGateway id="Settled" name="Settled?" default="ToAnswer">
      <bpmn:incoming>ToDecision</bpmn:incoming>
      <bpmn:outgoing>ToAnswer</bpmn:outgoing>
      <bpmn:outgoing>ToEnd</bpmn:outgoing>
    </bpmn:exclusiveGateway>
    <bpmn:userTask id="Answer" name="Answer a question">
      <bpmn:extensionElements>
        <zeebe:userTask />
      </bpmn:extensionElements>
      <bpmn:incoming>ToAnswer</bpmn:incoming>
      <bpmn:outgoing>ToTakeAnswer</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:endEvent id="End">
      <bpmn:incoming>ToEnd</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="ToTake" sourceRef="Begin" targetRef="Take" />
    <bpmn:sequenceFlow id="ToDecision" sourceRef="Take" targetRef="Settled" />
    <bpmn:sequenceFlow id="ToAnswer" sourceRef="Settled" targetRef="Answer" />
    <bpmn:sequenceFlow id="ToTakeAnswer" sourceRef="Answer" targetRef="Take" />
    <bpmn:sequenceFlow id="ToEnd" name="yes" sourceRef="Settled" targetRef="End">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=settled</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram">
    <bpmndi:BPMNPlane id="Plane" bpmnElement="${QUESTION_PROCESS}">
      <bpmndi:BPMNShape id="BeginShape" bpmnElement="Begin"><dc:Bounds x="152" y="102" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="TakeShape" bpmnElement="Take"><dc:Bounds x="240" y="80" width="100" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="SettledShape" bpmnElement="Settled" isMarkerVisible="true"><dc:Bounds x="395" y="95" width="50" height="50" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="AnswerShape" bpmnElement="Answer"><dc:Bounds x="370" y="200" width="100" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="EndShape" bpmnElement="End"><dc:Bounds x="502" y="102" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="ToTakeEdge" bpmnElement="ToTake"><di:waypoint x="188" y="120" /><di:waypoint x="240" y="120" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="ToDecisionEdge" bpmnElement="ToDecision"><di:waypoint x="340" y="120" /><di:waypoint x="395" y="120" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="ToAnswerEdge" bpmnElement="ToAnswer"><di:waypoint x="420" y="145" /><di:waypoint x="420" y="200" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="ToTakeAnswerEdge" bpmnElement="ToTakeAnswer"><di:waypoint x="370" y="240" /><di:waypoint x="290" y="240" /><di:waypoint x="290" y="160" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="ToEndEdge" bpmnElement="ToEnd"><di:waypoint x="445" y="120" /><di:waypoint x="502" y="120" /></bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`,
};
