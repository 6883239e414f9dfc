import type { BuiltInTemplate } from './index.ts';

/** An agent writes, a person looks, and it goes round until the person is content. */
const draftAndCheck = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="draft-and-check-definitions" targetNamespace="http://bpmn.io/schema/bpmn" exporter="Baton" exporterVersion="0.1.0" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.7.0">
  <bpmn:process id="draft-and-check" name="Draft and check" isExecutable="true">
    <bpmn:startEvent id="message_received" name="Message received">
      <bpmn:outgoing>to_draft</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:sequenceFlow id="to_draft" sourceRef="message_received" targetRef="draft_answer" />
    <bpmn:serviceTask id="draft_answer" name="Draft an answer">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="agent" retries="3" />
        <zeebe:ioMapping>
          <zeebe:input source="=message" target="message" />
        </zeebe:ioMapping>
        <zeebe:taskHeaders>
          <zeebe:header key="agent" value="support-answerer" />
          <zeebe:header key="resultVariable" value="draft" />
        </zeebe:taskHeaders>
      </bpmn:extensionElements>
      <bpmn:incoming>to_draft</bpmn:incoming>
      <bpmn:incoming>again</bpmn:incoming>
      <bpmn:outgoing>to_check</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="to_check" sourceRef="draft_answer" targetRef="check_answer" />
    <bpmn:userTask id="check_answer" name="Check the answer">
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:assignmentDefinition candidateGroups="support" />
      </bpmn:extensionElements>
      <bpmn:incoming>to_check</bpmn:incoming>
      <bpmn:outgoing>to_good</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="to_good" sourceRef="check_answer" targetRef="good" />
    <bpmn:exclusiveGateway id="good" name="Good?" default="yes">
      <bpmn:incoming>to_good</bpmn:incoming>
      <bpmn:outgoing>yes</bpmn:outgoing>
      <bpmn:outgoing>again</bpmn:outgoing>
    </bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="yes" name="yes" sourceRef="good" targetRef="answered" />
    <bpmn:sequenceFlow id="again" name="again" sourceRef="good" targetRef="draft_answer">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=approved = false</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:endEvent id="answered" name="Answered">
      <bpmn:incoming>yes</bpmn:incoming>
    </bpmn:endEvent>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="draft-and-check">
      <bpmndi:BPMNShape id="message_received_di" bpmnElement="message_received">
        <dc:Bounds x="152" y="122" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="126" y="165" width="89" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="draft_answer_di" bpmnElement="draft_answer">
        <dc:Bounds x="240" y="100" width="100" height="80" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="check_answer_di" bpmnElement="check_answer">
        <dc:Bounds x="400" y="100" width="100" height="80" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="good_di" bpmnElement="good" isMarkerVisible="true">
        <dc:Bounds x="555" y="115" width="50" height="50" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="563" y="91" width="34" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="answered_di" bpmnElement="answered">
        <dc:Bounds x="672" y="122" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="666" y="165" width="48" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="to_draft_di" bpmnElement="to_draft">
        <di:waypoint x="188" y="140" />
        <di:waypoint x="240" y="140" />
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="to_check_di" bpmnElement="to_check">
        <di:waypoint x="340" y="140" />
        <di:waypoint x="400" y="140" />
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="to_good_di" bpmnElement="to_good">
        <di:waypoint x="500" y="140" />
        <di:waypoint x="555" y="140" />
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="yes_di" bpmnElement="yes">
        <di:waypoint x="605" y="140" />
        <di:waypoint x="672" y="140" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="630" y="122" width="17" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="again_di" bpmnElement="again">
        <di:waypoint x="580" y="165" />
        <di:waypoint x="580" y="240" />
        <di:waypoint x="290" y="240" />
        <di:waypoint x="290" y="180" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="421" y="222" width="28" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;

export const workflowTemplates = [
  {
    name: 'draft-and-check',
    content: {
      of: 'workflow',
      description: 'An agent drafts, a person checks, and it goes round until the person is content',
      content: {
        xml: draftAndCheck,
        startForm: {
          schema: {
            type: 'object',
            properties: {
              message: { type: 'string', title: 'Message', format: 'multiline', minLength: 1 },
            },
            required: ['message'],
          },
          example: { message: 'Where is my order HP-48213?' },
        },
      },
    },
  },
] satisfies readonly BuiltInTemplate[];
