import type { ComplexType } from './bpmn20.ts';

/**
 * The DMN 1.3 schema of the OMG (DMN13.xsd, DMNDI13.xsd, DI.xsd, DC.xsd, published as formal/2021-02-02) in short, written as that
 * of BPMN. Files of the other versions are held against it too: what reading depends on is the same.
 */
export const elements: { readonly [name: string]: string } = {
  'dmn:DMNElement': 'dmn:tDMNElement',
  'dmn:namedElement': 'dmn:tNamedElement < dmn:DMNElement',
  'dmn:definitions': 'dmn:tDefinitions < dmn:namedElement',
  'dmn:import': 'dmn:tImport < dmn:namedElement',
  'dmn:elementCollection': 'dmn:tElementCollection < dmn:namedElement',
  'dmn:drgElement': 'dmn:tDRGElement < dmn:namedElement',
  'dmn:decision': 'dmn:tDecision < dmn:drgElement',
  'dmn:businessContextElement': 'dmn:tBusinessContextElement',
  'dmn:performanceIndicator': 'dmn:tPerformanceIndicator < dmn:businessContextElement',
  'dmn:organizationUnit': 'dmn:tOrganizationUnit < dmn:businessContextElement',
  'dmn:invocable': 'dmn:tInvocable < dmn:drgElement',
  'dmn:businessKnowledgeModel': 'dmn:tBusinessKnowledgeModel < dmn:invocable',
  'dmn:inputData': 'dmn:tInputData < dmn:drgElement',
  'dmn:knowledgeSource': 'dmn:tKnowledgeSource < dmn:drgElement',
  'dmn:informationRequirement': 'dmn:tInformationRequirement < dmn:DMNElement',
  'dmn:knowledgeRequirement': 'dmn:tKnowledgeRequirement < dmn:DMNElement',
  'dmn:authorityRequirement': 'dmn:tAuthorityRequirement < dmn:DMNElement',
  'dmn:expression': 'dmn:tExpression',
  'dmn:itemDefinition': 'dmn:tItemDefinition < dmn:namedElement',
  'dmn:functionItem': 'dmn:tFunctionItem < dmn:DMNElement',
  'dmn:literalExpression': 'dmn:tLiteralExpression < dmn:expression',
  'dmn:invocation': 'dmn:tInvocation < dmn:expression',
  'dmn:informationItem': 'dmn:tInformationItem < dmn:namedElement',
  'dmn:decisionTable': 'dmn:tDecisionTable < dmn:expression',
  'dmn:artifact': 'dmn:tArtifact < dmn:DMNElement',
  'dmn:group': 'dmn:tGroup < dmn:artifact',
  'dmn:textAnnotation': 'dmn:tTextAnnotation < dmn:artifact',
  'dmn:association': 'dmn:tAssociation < dmn:artifact',
  'dmn:context': 'dmn:tContext < dmn:expression',
  'dmn:contextEntry': 'dmn:tContextEntry < dmn:DMNElement',
  'dmn:functionDefinition': 'dmn:tFunctionDefinition < dmn:expression',
  'dmn:relation': 'dmn:tRelation < dmn:expression',
  'dmn:list': 'dmn:tList < dmn:expression',
  'dmn:decisionService': 'dmn:tDecisionService < dmn:invocable',
  'dmndi:DMNDI': 'dmndi:DMNDI',
  'dmndi:DMNDiagram': 'dmndi:DMNDiagram',
  'dmndi:DMNDiagramElement': 'dmndd:DiagramElement',
  'dmndi:DMNShape': 'dmndi:DMNShape < dmndi:DMNDiagramElement',
  'dmndi:DMNEdge': 'dmndi:DMNEdge < dmndi:DMNDiagramElement',
  'dmndi:DMNStyle': 'dmndi:DMNStyle < dmndd:Style',
  'dmndi:DMNLabel': 'dmndi:DMNLabel',
  'dmndi:DMNDecisionServiceDividerLine': 'dmndi:DMNDecisionServiceDividerLine',
  'dmndd:Style': 'dmndd:Style',
  'dmndc:Color': 'dmndc:Color',
  'dmndc:Point': 'dmndc:Point',
  'dmndc:Bounds': 'dmndc:Bounds',
  'dmndc:Dimension': 'dmndc:Dimension',
};

export const complexTypes: { readonly [name: string]: ComplexType } = {
  'dmn:tDMNElement': {
    content: 'dmn:description=string? dmn:extensionElements=dmn:extensionElements?',
    attributes: 'id:ID label:string',
    otherAttributes: true,
  },
  'dmn:tNamedElement': { base: 'dmn:tDMNElement', attributes: 'name!:string' },
  'dmn:tDMNElementReference': { attributes: 'href!:anyURI' },
  'dmn:tDefinitions': {
    base: 'dmn:tNamedElement',
    content:
      'dmn:import* dmn:itemDefinition=dmn:tItemDefinition* dmn:drgElement* dmn:artifact* dmn:elementCollection=dmn:tElementCollection* dmn:businessContextElement* dmndi:DMNDI?',
    attributes:
      'expressionLanguage:anyURI typeLanguage:anyURI namespace!:anyURI exporter:string exporterVersion:string',
  },
  'dmn:tImport': {
    base: 'dmn:tNamedElement',
    attributes: 'namespace!:anyURI locationURI:anyURI importType!:anyURI',
  },
  'dmn:tElementCollection': {
    base: 'dmn:tNamedElement',
    content: 'dmn:drgElement=dmn:tDMNElementReference*',
  },
  'dmn:tDRGElement': { base: 'dmn:tNamedElement' },
  'dmn:tDecision': {
    base: 'dmn:tDRGElement',
    content:
      'dmn:question=string? dmn:allowedAnswers=string? dmn:variable=dmn:tInformationItem? dmn:informationRequirement=dmn:tInformationRequirement* dmn:knowledgeRequirement=dmn:tKnowledgeRequirement* dmn:authorityRequirement=dmn:tAuthorityRequirement* dmn:supportedObjective=dmn:tDMNElementReference* dmn:impactedPerformanceIndicator=dmn:tDMNElementReference* dmn:decisionMaker=dmn:tDMNElementReference* dmn:decisionOwner=dmn:tDMNElementReference* dmn:usingProcess=dmn:tDMNElementReference* dmn:usingTask=dmn:tDMNElementReference* dmn:expression?',
  },
  'dmn:tBusinessContextElement': { base: 'dmn:tNamedElement', attributes: 'URI:anyURI' },
  'dmn:tPerformanceIndicator': {
    base: 'dmn:tBusinessContextElement',
    content: 'dmn:impactingDecision=dmn:tDMNElementReference*',
  },
  'dmn:tOrganizationUnit': {
    base: 'dmn:tBusinessContextElement',
    content: 'dmn:decisionMade=dmn:tDMNElementReference* dmn:decisionOwned=dmn:tDMNElementReference*',
  },
  'dmn:tInvocable': { base: 'dmn:tDRGElement', content: 'dmn:variable=dmn:tInformationItem?' },
  'dmn:tBusinessKnowledgeModel': {
    base: 'dmn:tInvocable',
    content:
      'dmn:encapsulatedLogic=dmn:tFunctionDefinition? dmn:knowledgeRequirement=dmn:tKnowledgeRequirement* dmn:authorityRequirement=dmn:tAuthorityRequirement*',
  },
  'dmn:tInputData': { base: 'dmn:tDRGElement', content: 'dmn:variable=dmn:tInformationItem?' },
  'dmn:tKnowledgeSource': {
    base: 'dmn:tDRGElement',
    content:
      'dmn:authorityRequirement=dmn:tAuthorityRequirement* dmn:type=string? dmn:owner=dmn:tDMNElementReference?',
    attributes: 'locationURI:anyURI',
  },
  'dmn:tInformationRequirement': {
    base: 'dmn:tDMNElement',
    content: '(dmn:requiredDecision=dmn:tDMNElementReference | dmn:requiredInput=dmn:tDMNElementReference)',
  },
  'dmn:tKnowledgeRequirement': {
    base: 'dmn:tDMNElement',
    content: 'dmn:requiredKnowledge=dmn:tDMNElementReference',
  },
  'dmn:tAuthorityRequirement': {
    base: 'dmn:tDMNElement',
    content:
      '(dmn:requiredDecision=dmn:tDMNElementReference | dmn:requiredInput=dmn:tDMNElementReference | dmn:requiredAuthority=dmn:tDMNElementReference)',
  },
  'dmn:tExpression': { base: 'dmn:tDMNElement', attributes: 'typeRef:string' },
  'dmn:tItemDefinition': {
    base: 'dmn:tNamedElement',
    content:
      '(dmn:typeRef=string dmn:allowedValues=dmn:tUnaryTests? | dmn:itemComponent=dmn:tItemDefinition* | dmn:functionItem=dmn:tFunctionItem?)',
    attributes: 'typeLanguage:anyURI isCollection:boolean',
  },
  'dmn:tFunctionItem': {
    base: 'dmn:tDMNElement',
    content: 'dmn:parameters=dmn:tInformationItem*',
    attributes: 'outputTypeRef:string',
  },
  'dmn:tLiteralExpression': {
    base: 'dmn:tExpression',
    content: '(dmn:text=string | dmn:importedValues=dmn:tImportedValues)?',
    attributes: 'expressionLanguage:anyURI',
  },
  'dmn:tInvocation': { base: 'dmn:tExpression', content: 'dmn:expression? dmn:binding=dmn:tBinding*' },
  'dmn:tBinding': { content: 'dmn:parameter=dmn:tInformationItem dmn:expression?' },
  'dmn:tInformationItem': { base: 'dmn:tNamedElement', attributes: 'typeRef:string' },
  'dmn:tDecisionTable': {
    base: 'dmn:tExpression',
    content:
      'dmn:input=dmn:tInputClause* dmn:output=dmn:tOutputClause+ dmn:annotation=dmn:tRuleAnnotationClause* dmn:rule=dmn:tDecisionRule*',
    attributes:
      'hitPolicy:dmn:tHitPolicy aggregation:dmn:tBuiltinAggregator preferredOrientation:dmn:tDecisionTableOrientation outputLabel:string',
  },
  'dmn:tInputClause': {
    base: 'dmn:tDMNElement',
    content: 'dmn:inputExpression=dmn:tLiteralExpression dmn:inputValues=dmn:tUnaryTests?',
  },
  'dmn:tOutputClause': {
    base: 'dmn:tDMNElement',
    content: 'dmn:outputValues=dmn:tUnaryTests? dmn:defaultOutputEntry=dmn:tLiteralExpression?',
    attributes: 'name:string typeRef:string',
  },
  'dmn:tRuleAnnotationClause': { attributes: 'name:string' },
  'dmn:tDecisionRule': {
    base: 'dmn:tDMNElement',
    content:
      'dmn:inputEntry=dmn:tUnaryTests* dmn:outputEntry=dmn:tLiteralExpression+ dmn:annotationEntry=dmn:tRuleAnnotation*',
  },
  'dmn:tRuleAnnotation': { content: 'dmn:text=string?' },
  'dmn:tImportedValues': {
    base: 'dmn:tImport',
    content: 'dmn:importedElement=string',
    attributes: 'expressionLanguage:anyURI',
  },
  'dmn:tArtifact': { base: 'dmn:tDMNElement' },
  'dmn:tGroup': { base: 'dmn:tArtifact', attributes: 'name:string' },
  'dmn:tTextAnnotation': {
    base: 'dmn:tArtifact',
    content: 'dmn:text=string?',
    attributes: 'textFormat:string',
  },
  'dmn:tAssociation': {
    base: 'dmn:tArtifact',
    content: 'dmn:sourceRef=dmn:tDMNElementReference dmn:targetRef=dmn:tDMNElementReference',
    attributes: 'associationDirection:dmn:tAssociationDirection',
  },
  'dmn:tContext': { base: 'dmn:tExpression', content: 'dmn:contextEntry*' },
  'dmn:tContextEntry': {
    base: 'dmn:tDMNElement',
    content: 'dmn:variable=dmn:tInformationItem? dmn:expression',
  },
  'dmn:tFunctionDefinition': {
    base: 'dmn:tExpression',
    content: 'dmn:formalParameter=dmn:tInformationItem* dmn:expression?',
    attributes: 'kind:dmn:tFunctionKind',
  },
  'dmn:tRelation': {
    base: 'dmn:tExpression',
    content: 'dmn:column=dmn:tInformationItem* dmn:row=dmn:tList*',
  },
  'dmn:tList': { base: 'dmn:tExpression', content: 'dmn:expression*' },
  'dmn:tUnaryTests': {
    base: 'dmn:tDMNElement',
    content: 'dmn:text=string',
    attributes: 'expressionLanguage:anyURI',
  },
  'dmn:tDecisionService': {
    base: 'dmn:tInvocable',
    content:
      'dmn:outputDecision=dmn:tDMNElementReference* dmn:encapsulatedDecision=dmn:tDMNElementReference* dmn:inputDecision=dmn:tDMNElementReference* dmn:inputData=dmn:tDMNElementReference*',
  },
  'dmndi:DMNDI': { content: 'dmndi:DMNDiagram* dmndi:DMNStyle*' },
  'dmndi:DMNDiagram': {
    base: 'dmndd:Diagram',
    content: 'dmndi:Size=dmndc:Dimension? dmndi:DMNDiagramElement*',
  },
  'dmndi:DMNShape': {
    base: 'dmndd:Shape',
    content: 'dmndi:DMNLabel? dmndi:DMNDecisionServiceDividerLine?',
    attributes: 'dmnElementRef!:QName isListedInputData:boolean isCollapsed:boolean',
  },
  'dmndi:DMNDecisionServiceDividerLine': { base: 'dmndd:Edge' },
  'dmndi:DMNEdge': {
    base: 'dmndd:Edge',
    content: 'dmndi:DMNLabel?',
    attributes: 'dmnElementRef!:QName sourceElement:QName targetElement:QName',
  },
  'dmndi:DMNLabel': { base: 'dmndd:Shape', content: 'dmndi:Text=string?' },
  'dmndi:DMNStyle': {
    base: 'dmndd:Style',
    content: 'dmndi:FillColor=dmndc:Color? dmndi:StrokeColor=dmndc:Color? dmndi:FontColor=dmndc:Color?',
    attributes:
      'fontFamily:string fontSize:double fontItalic:boolean fontBold:boolean fontUnderline:boolean fontStrikeThrough:boolean labelHorizontalAlignement:dmndc:AlignmentKind labelVerticalAlignment:dmndc:AlignmentKind',
  },
  'dmndd:DiagramElement': {
    abstract: true,
    content: 'dmndd:extension=dmndd:extension? dmndd:Style?',
    attributes: 'sharedStyle:IDREF id:ID',
    otherAttributes: true,
  },
  'dmndd:Diagram': {
    base: 'dmndd:DiagramElement',
    abstract: true,
    attributes: 'name:string documentation:string resolution:double',
  },
  'dmndd:Shape': { base: 'dmndd:DiagramElement', abstract: true, content: 'dmndc:Bounds?' },
  'dmndd:Edge': { base: 'dmndd:DiagramElement', abstract: true, content: 'dmndd:waypoint=dmndc:Point*' },
  'dmndd:Style': {
    abstract: true,
    content: 'dmndd:extension=dmndd:extension?',
    attributes: 'id:ID',
    otherAttributes: true,
  },
  'dmndc:Color': { attributes: 'red!:int green!:int blue!:int' },
  'dmndc:Point': { attributes: 'x!:double y!:double' },
  'dmndc:Dimension': { attributes: 'width!:double height!:double' },
  'dmndc:Bounds': { attributes: 'x!:double y!:double width!:double height!:double' },
  'dmn:extensionElements': { content: '##other/lax*' },
  'dmndd:extension': { content: '##other/lax*' },
};

export const enumerations: { readonly [name: string]: readonly string[] } = {
  'dmn:tHitPolicy': ['UNIQUE', 'FIRST', 'PRIORITY', 'ANY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER'],
  'dmn:tBuiltinAggregator': ['SUM', 'COUNT', 'MIN', 'MAX'],
  'dmn:tDecisionTableOrientation': ['Rule-as-Row', 'Rule-as-Column', 'CrossTable'],
  'dmn:tAssociationDirection': ['None', 'One', 'Both'],
  'dmn:tFunctionKind': ['FEEL', 'Java', 'PMML'],
  'dmndc:AlignmentKind': ['start', 'end', 'center'],
};
