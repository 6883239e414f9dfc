import type { Resource } from '@baton/infra/store';
import type { DecisionContent, DeployedDocument, FormContent, Problem } from '../../api/index.ts';
import type { GatewayDependencies } from '../../dependencies.ts';
import type { DefinedKind, Definitions } from '../documents/definitions.ts';
import { type DefinedByElement, readProcesses } from '../workflows/references.ts';

/** Forms and decisions that a workflow names, as they go with it. */
export interface BroughtAlong {
  resources: { name: string; content: string }[];
  documents: DeployedDocument[];
  /** Of what is missing, or could not be deployed, at the elements that name it. */
  problems: Problem[];
}

export type BringAlong = (tenantId: string, xml: string) => Promise<BroughtAlong>;

/** One of them, with the elements that name it. */
interface Wanted extends Omit<DefinedByElement, 'binding' | 'versionTag'> {
  by: { elementId: string; elementName: string; binding: string; versionTag: string }[];
}

/** Their latest versions go; what is missing may have been deployed by other programs, unless it is bound to this deployment. */
export function createBringAlong(
  definitions: Pick<Definitions, 'find'>,
  decisionProblems: GatewayDependencies['decisionProblems'],
): BringAlong {
  async function faultsOf(kind: DefinedKind, document: Resource): Promise<Problem[]> {
    return kind === 'decision'
      ? (await decisionProblems((document.content as DecisionContent).xml)).map(
          ({ severity, code, message }): Problem => ({
            severity,
            code,
            message: `Decision '${document.name}': ${message}`,
            elementId: '',
            elementName: '',
            path: [],
          }),
        )
      : [];
  }

  return async (tenantId, xml) => {
    const wanted = wantedBy(xml);
    const found = await Promise.all(wanted.map(({ kind, id }) => definitions.find(tenantId, kind, id)));
    const problems: Problem[] = [];
    const brought = new Map<string, Resource>();
    for (const [index, one] of wanted.entries()) {
      const document = found[index];
      if (!document) {
        problems.push(...one.by.map((by) => missing(one, by)));
        continue;
      }
      const [first] = one.by;
      const tag = versionTagOf(one.kind, one.id, document);
      problems.push(
        ...one.by
          .filter(({ binding, versionTag }) => binding === 'versionTag' && versionTag !== tag)
          .map((by) => otherTag(one, by, document, tag)),
      );
      if (brought.has(document.id)) continue;
      brought.set(document.id, document);
      for (const fault of await faultsOf(one.kind, document))
        problems.push({ ...fault, elementId: first!.elementId, elementName: first!.elementName });
    }
    const documents = [...brought.values()];
    return {
      resources: documents.map(({ kind, name, content }) =>
        kind === 'form'
          ? { name: `${name}.form`, content: (content as FormContent).json }
          : { name: `${name}.dmn`, content: (content as DecisionContent).xml },
      ),
      documents: documents.map(({ kind, id, name, version }) => ({
        kind: kind as DefinedKind,
        id,
        name,
        version,
      })),
      problems,
    };
  };
}

function wantedBy(xml: string): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { elements } of readProcesses(xml)) {
    for (const { elementId, elementName, defined } of elements) {
      if (!defined) continue;
      const { kind, id, binding, versionTag } = defined;
      const one = wanted.get(`${kind}/${id}`) ?? { kind, id, by: [] };
      one.by.push({ elementId, elementName, binding, versionTag });
      wanted.set(`${kind}/${id}`, one);
    }
  }
  return [...wanted.values()];
}

function versionTagOf(kind: DefinedKind, id: string, { content }: Resource): string {
  if (kind === 'form') {
    const { versionTag } = JSON.parse((content as FormContent).json) as { versionTag?: unknown };
    return typeof versionTag === 'string' ? versionTag : '';
  }
  const { xml } = content as DecisionContent;
  const decision = new RegExp(`<(?:[\\w-]+:)?decision\\b[^>]*\\bid\\s*=\\s*["']${literally(id)}["'][^>]*>`);
  const from = decision.exec(xml);
  if (!from) return '';
  const behind = xml.slice(from.index + from[0].length);
  const end = behind.search(/<\/(?:[\w-]+:)?decision>/);
  const tag = /<(?:[\w-]+:)?versionTag\b[^>]*\bvalue\s*=\s*["']([^"']*)["']/.exec(behind.slice(0, end));
  return tag?.[1] ?? '';
}

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

type By = Wanted['by'][number];

function missing({ kind, id }: Wanted, { elementId, elementName, binding }: By): Problem {
  return {
    severity: binding === 'deployment' ? 'error' : 'warning',
    code: 'REFERENCE_MISSING',
    message:
      binding === 'deployment'
        ? `Expected a ${kind} with the id '${id}' to be deployed with it, but there is none`
        : `Expected a ${kind} with the id '${id}', but there is none; runs stop here unless another program has deployed it`,
    elementId,
    elementName,
    path: [],
  };
}

function otherTag(
  { kind, id }: Wanted,
  { elementId, elementName, versionTag }: By,
  { name }: Resource,
  tag: string,
): Problem {
  return {
    severity: 'warning',
    code: 'VERSION_TAG_MISSING',
    message: `Expected the ${kind} '${id}' with the version tag '${versionTag}', but the latest version of '${name}' has ${tag === '' ? 'none' : `'${tag}'`}; runs stop here unless it was deployed before`,
    elementId,
    elementName,
    path: [],
  };
}
