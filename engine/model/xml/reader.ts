import type { NamespaceScope, Written, WrittenAttribute, XmlFault } from './read.ts';

/** Hears what a file holds, in its order. */
export interface XmlListener {
  /** A sentence when the file is not to be read further. */
  opened(element: Written): string | undefined;
  text(text: string): void;
  /** @param offset behind the closing tag */
  closed(offset: number): void;
}

const LETTER = '\\p{L}\\p{Nl}_';
const MORE = `${LETTER}\\p{Nd}\\p{M}.\\-\\u00b7`;
const nameAt = new RegExp(`[${LETTER}:][${MORE}:]*`, 'uy');
const ncNameAt = new RegExp(`[${LETTER}][${MORE}]*`, 'uy');
const qNameAt = new RegExp(`[${LETTER}][${MORE}]*(?::[${LETTER}][${MORE}]*)?`, 'uy');
const spaceAt = /[ \t\r\n]*/y;
/** What XML does not allow: control characters, halves of pairs. */
const notAllowed = new RegExp(
  '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]|' +
    '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]',
);
const declaration =
  /<\?xml(?:\s+version\s*=\s*(?:"([^"]*)"|'([^']*)'))?(?:\s+encoding\s*=\s*(?:"[^"]*"|'[^']*'))?(?:\s+standalone\s*=\s*(?:"([^"]*)"|'([^']*)'))?\s*\?>/y;
/** What is not taken as it stands. */
const special = /[&\r\n\t]/;
const entities: { readonly [name: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const UNFINISHED = 'XML document structures must start and end within the same entity.';
const NO_MARKUP = 'The content of elements must consist of well-formed character data or markup.';

/** Where a file stops being XML. */
class NotXml extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Reads XML 1.0 with namespaces, without document types. Returns the first place where the text is not well-formed, in the words
 * that deployments are refused with.
 */
export function createReader(xml: string, listener: XmlListener): XmlFault | undefined {
  const broken = brokenByte.exec(xml);
  try {
    readDocument(broken ? xml.slice(0, broken.index) : xml, listener);
    return broken ? faultOfByte(xml, broken.index) : undefined;
  } catch (error) {
    if (!(error instanceof NotXml)) throw error;
    // the text goes on, with a byte that cannot be read
    if (broken && error.message === UNFINISHED) return faultOfByte(xml, broken.index);
    return { message: error.message, offset: error.offset };
  }
}

/** Bytes of a file that are none of UTF-8 stand in its text as halves of surrogate pairs (`resourceText`). */
const brokenByte = /(?<![\ud800-\udbff])[\udc80-\udcff]/;

function faultOfByte(xml: string, offset: number): XmlFault {
  const byteAt = (index: number) => xml.charCodeAt(index) - 0xdc00;
  const first = byteAt(offset);
  const length = first >= 0xf8 || first < 0xc2 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  let bad = 1;
  while (bad < length && byteAt(offset + bad) >= 0x80 && byteAt(offset + bad) < 0xc0) bad++;
  const place = length === 1 ? 1 : Math.min(bad + 1, length);
  return { message: `Invalid byte ${place} of ${length}-byte UTF-8 sequence.`, offset };
}

interface OpenElement {
  name: string;
  scope: NamespaceScope;
}

function readDocument(xml: string, listener: XmlListener): void {
  const open: OpenElement[] = [];
  let at = xml.charCodeAt(0) === 0xfeff ? 1 : 0;
  let seenRoot = false;

  const fail = (message: string, offset = at): never => {
    throw new NotXml(message, offset);
  };
  const skipSpace = () => {
    spaceAt.lastIndex = at;
    spaceAt.test(xml);
    const skipped = spaceAt.lastIndex > at;
    at = spaceAt.lastIndex;
    return skipped;
  };
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(xml)?.[0] ?? '';
    at += found.length;
    return found;
  };
  /** Goes behind the next `end`. */
  const skipTo = (end: string): string => {
    const found = xml.indexOf(end, at);
    if (found === -1) fail(UNFINISHED, xml.length);
    const skipped = xml.slice(at, found);
    at = found + end.length;
    return skipped;
  };

  const hasDeclaration = /^<\?xml[\s?]/.test(xml.slice(at, at + 6));
  if (hasDeclaration) readDeclaration();
  while (at < xml.length) {
    if (open.length > 0 && xml[at] !== '<') readText();
    else if (open.length > 0) readMarkup();
    else readOutside();
  }
  if (open.length > 0) fail(UNFINISHED);
  if (!seenRoot) fail('Premature end of file.');

  function readDeclaration(): void {
    declaration.lastIndex = at;
    const found = declaration.exec(xml);
    const version = found?.[1] ?? found?.[2];
    const standalone = found?.[3] ?? found?.[4];
    if (found && version === undefined) fail('The version is required in the XML declaration.');
    if (version !== undefined && version !== '1.0' && version !== '1.1')
      fail(`XML version "${version}" is not supported, only XML 1.0 is supported.`);
    if (standalone !== undefined && standalone !== 'yes' && standalone !== 'no')
      fail(`The standalone document declaration value must be "yes" or "no", not "${standalone}".`);
    if (!found) fail('The XML declaration must end with "?>".');
    at += found![0].length;
  }

  /** Before the root and behind it. */
  function readOutside(): void {
    skipSpace();
    if (at >= xml.length) return;
    if (xml[at] !== '<')
      fail(seenRoot ? 'Content is not allowed in trailing section.' : 'Content is not allowed in prolog.');
    if (xml.startsWith('<!--', at)) {
      readComment();
      return;
    }
    if (xml.startsWith('<?', at)) {
      readInstruction();
      return;
    }
    if (!seenRoot && xml.startsWith('<!DOCTYPE', at))
      fail(
        'DOCTYPE is disallowed when the feature "http://apache.org/xml/features/disallow-doctype-decl" set to true.',
      );
    if (seenRoot) fail('The markup in the document following the root element must be well-formed.');
    readOpeningTag('The markup in the document preceding the root element must be well-formed.');
  }

  function readMarkup(): void {
    if (xml[at + 1] === '/') readClosingTag();
    else if (xml.startsWith('<!--', at)) readComment();
    else if (xml.startsWith('<![CDATA[', at)) readCharacterData();
    else if (xml[at + 1] === '?') readInstruction();
    else readOpeningTag(NO_MARKUP);
  }

  function readCharacterData(): void {
    at += 9;
    const start = at;
    const text = skipTo(']]>');
    listener.text(allowed(text, 'CDATA section', start).replace(/\r\n?/g, '\n'));
  }

  function readText(): void {
    const markup = xml.indexOf('<', at);
    const end = markup === -1 ? xml.length : markup;
    const text = xml.slice(at, end);
    const bracket = text.indexOf(']]>');
    if (bracket !== -1)
      fail(
        'The character sequence "]]>" must not appear in content unless used to mark the end of a CDATA section.',
        at + bracket,
      );
    listener.text(decoded(allowed(text, 'element content of the document'), '\n'));
    at = end;
  }

  function allowed(text: string, where: string, start = at): string {
    const bad = notAllowed.exec(text);
    if (bad) {
      const code = bad[0].charCodeAt(0).toString(16);
      fail(`An invalid XML character (Unicode: 0x${code}) was found in the ${where}.`, start + bad.index);
    }
    return text;
  }

  /** The text from here on with its references replaced. */
  function decoded(text: string, lineEnd: ' ' | '\n'): string {
    if (!special.test(text)) return text;
    const base = at;
    return text.replace(/\r\n?|[\t\n]|&[^&;\s<]*;?/g, (found, offset: number) => {
      if (found === '\t') return lineEnd === '\n' ? '\t' : ' ';
      return found[0] === '&' ? entity(found, base + offset) : lineEnd;
    });
  }

  /** @param written `&lt;`, or how far it got */
  function entity(written: string, offset: number): string {
    const fail = (message: string): never => {
      throw new NotXml(message, offset);
    };
    const name = written.slice(1, written.endsWith(';') ? -1 : undefined);
    const number = /^#(?:x([0-9a-fA-F]*)|([0-9]*))/.exec(name);
    if (number) {
      const [whole, hex, decimal] = number;
      if (hex === '')
        fail('A hexadecimal representation must immediately follow the "&#x" in a character reference.');
      if (decimal === '')
        fail('A decimal representation must immediately follow the "&#" in a character reference.');
      if (whole !== name || !written.endsWith(';'))
        fail("The character reference must end with the ';' delimiter.");
      const code = Number.parseInt(hex ?? decimal!, hex === undefined ? 10 : 16);
      const character = code > 0x10ffff ? '\0' : String.fromCodePoint(code);
      if (notAllowed.test(character)) fail(`Character reference "&${whole}" is an invalid XML character.`);
      return character;
    }
    nameAt.lastIndex = 0;
    const found = nameAt.exec(name)?.[0];
    if (found === undefined) fail("The entity name must immediately follow the '&' in the entity reference.");
    if (found !== name || !written.endsWith(';'))
      fail(`The reference to entity "${found}" must end with the ';' delimiter.`);
    const character = Object.hasOwn(entities, name) ? entities[name] : undefined;
    return character ?? fail(`The entity "${name}" was referenced, but not declared.`);
  }

  function readComment(): void {
    at += 4;
    const end = xml.indexOf('--', at);
    if (end === -1) fail(UNFINISHED, xml.length);
    at = end + 2;
    if (at >= xml.length) fail(UNFINISHED);
    if (xml[at] !== '>') fail('The string "--" is not permitted within comments.');
    at += 1;
  }

  function readInstruction(): void {
    at += 2;
    const target = take(nameAt);
    if (target === '') fail('The processing instruction must begin with the name of the target.');
    if (target.toLowerCase() === 'xml')
      fail('The processing instruction target matching "[xX][mM][lL]" is not allowed.');
    skipTo('?>');
  }

  function readOpeningTag(otherwise: string): void {
    const start = at;
    at += 1;
    if (at >= xml.length) fail(UNFINISHED);
    const name = take(qNameAt);
    if (name === '') fail(otherwise);
    seenRoot = true;
    const unended = `Element type "${name}" must be followed by either attribute specifications, ">" or "/>".`;
    const found: { name: string; value: string }[] = [];
    let scope = open.at(-1)?.scope ?? new Map([['xml', XML_NAMESPACE]]);
    let declares = false;
    let empty = false;
    for (;;) {
      const spaced = skipSpace();
      if (at >= xml.length) fail(UNFINISHED);
      if (xml[at] === '>') break;
      if (xml[at] === '/') {
        at += 1;
        if (at >= xml.length) fail(UNFINISHED);
        if (xml[at] !== '>') fail(unended);
        empty = true;
        break;
      }
      const attribute = spaced ? take(qNameAt) : '';
      if (attribute === '') fail(unended);
      const value = readAttributeValue(name, attribute);
      if (found.some((other) => other.name === attribute))
        fail(`Attribute "${attribute}" was already specified for element "${name}".`);
      found.push({ name: attribute, value });
      if (attribute !== 'xmlns' && !attribute.startsWith('xmlns:')) continue;
      const prefix = attribute.slice(6);
      if (prefix !== '' && value === '')
        fail(
          `The value of the attribute "prefix="xmlns",localpart="${prefix}",rawname="${attribute}"" is invalid. Prefixed namespace bindings may not be empty.`,
        );
      if (!declares) scope = new Map(scope);
      declares = true;
      (scope as Map<string, string>).set(prefix, value);
    }
    at += 1;
    const written: Written = {
      name,
      namespace: namespaceOf(name, scope, `element "${name}"`),
      attributes: attributesOf(name, found, scope),
      scope,
      start,
      opened: at,
      closed: undefined,
    };
    const refused = listener.opened(written);
    if (refused) fail(refused);
    if (empty) listener.closed(at);
    else open.push({ name, scope });
  }

  function readAttributeValue(element: string, attribute: string): string {
    const of = `"${attribute}" associated with an`;
    skipSpace();
    if (at >= xml.length) fail(UNFINISHED);
    if (xml[at] !== '=')
      fail(`Attribute name ${of} element type "${element}" must be followed by the ' = ' character.`);
    at += 1;
    skipSpace();
    const quote = xml[at];
    if (quote === undefined) fail(UNFINISHED);
    if (quote !== '"' && quote !== "'")
      fail(`Open quote is expected for attribute ${of}  element type  "${element}".`);
    at += 1;
    const end = xml.indexOf(quote!, at);
    const value = xml.slice(at, end === -1 ? xml.length : end);
    const less = value.indexOf('<');
    if (less !== -1)
      fail(
        `The value of attribute ${of} element type "${element}" must not contain the '<' character.`,
        at + less,
      );
    if (end === -1) fail(UNFINISHED, xml.length);
    allowed(value, `value of attribute "${attribute}" and element is "${element}"`);
    const read = decoded(value, ' ');
    at = end + 1;
    return read;
  }

  function attributesOf(
    element: string,
    found: readonly { name: string; value: string }[],
    scope: NamespaceScope,
  ): WrittenAttribute[] {
    const attributes: WrittenAttribute[] = [];
    for (const { name, value } of found) {
      if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
      const colon = name.indexOf(':');
      const localName = name.slice(colon + 1);
      const namespace =
        colon === -1
          ? undefined
          : namespaceOf(name, scope, `attribute "${name}" associated with an element type "${element}"`);
      const twin =
        namespace !== undefined &&
        attributes.some((other) => other.localName === localName && other.namespace === namespace);
      if (twin)
        fail(
          `Attribute "${localName}" bound to namespace "${namespace}" was already specified for element "${element}".`,
        );
      attributes.push({ name, localName, namespace, value });
    }
    return attributes;
  }

  function namespaceOf(name: string, scope: NamespaceScope, what: string): string | undefined {
    const prefix = name.slice(0, Math.max(name.indexOf(':'), 0));
    const namespace = scope.get(prefix);
    if (namespace === undefined && prefix !== '') fail(`The prefix "${prefix}" for ${what} is not bound.`);
    return namespace === '' ? undefined : namespace;
  }

  function readClosingTag(): void {
    const { name } = open.at(-1)!;
    at += 2;
    if (xml.length < at + name.length && name.startsWith(xml.slice(at))) fail(UNFINISHED, xml.length);
    if (!xml.startsWith(name, at))
      fail(`The element type "${name}" must be terminated by the matching end-tag "</${name}>".`);
    at += name.length;
    skipSpace();
    if (at >= xml.length) fail(UNFINISHED);
    if (xml[at] !== '>') fail(`The end-tag for element type "${name}" must end with a '>' delimiter.`);
    at += 1;
    open.pop();
    listener.closed(at);
  }
}

/** Whether a text is a name without a colon. */
export function isNcName(text: string): boolean {
  ncNameAt.lastIndex = 0;
  return ncNameAt.test(text) && ncNameAt.lastIndex === text.length;
}
