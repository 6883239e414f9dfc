import type { McpFinding } from '../../../contract/index.ts';

/** A way in which a text that models read may be more than a description. */
export interface ScanRule {
  code: string;
  severity: McpFinding['severity'];
  /** "Expected …, but …". */
  message: string;
  finds(text: string): boolean;
}

const matches =
  (...patterns: RegExp[]) =>
  (text: string) =>
    patterns.some((pattern) => pattern.test(text));

/**
 * Texts are matched in one line, lower-cased, without what hides in them; only `hiddenCharacters` sees them raw.
 * What stands between words is bounded: no text of a server takes longer to read than it is long.
 */
export const scanRules: readonly ScanRule[] = [
  {
    code: 'OVERRIDES_INSTRUCTIONS',
    severity: 'high',
    message: 'Expected a description of the tool, but it tells a model to set its instructions aside',
    finds: matches(
      /\b(ignore|disregard|forget|override|bypass|discard|set aside)\b[^.]{0,40}\b(previous|prior|above|earlier|preceding|all|any|other|existing|your|system|safety)\b[^.]{0,40}\b(instructions?|prompts?|rules|guidelines|polic(y|ies)|directives|constraints|restrictions)\b/,
      /\b(new|updated|real|actual) (system )?instructions?( are)?:/,
      /\byou are (now|no longer) (an?|the|in|bound|restricted)\b/,
      /\bfrom now on,? (you|always|never|act|respond)\b/,
    ),
  },
  {
    code: 'HIDES_FROM_PEOPLE',
    severity: 'high',
    message:
      'Expected a tool that people may know of, but its text tells a model to keep something from them',
    finds: matches(
      /\b(do not|don't|dont|never|must not|should not|without)\b[^.]{0,30}\b(tell(ing)?|mention(ing)?|inform(ing)?|notify(ing)?|show(ing)?|reveal(ing)?|alert(ing)?|let(ting)?)\b[^.]{0,30}\b(users?|humans?|persons?|people|anyone|anybody|operators?|customers?)\b/,
      /\b(secretly|silently|covertly|surreptitiously|quietly) (call|send|read|copy|forward|include|append|run|execute|use|pass)\b/,
      /\b(users?|humans?|operators?) (must|should|need|do|does)( not|n't) (know|see|notice|be told|be aware)\b/,
    ),
  },
  {
    code: 'SPEAKS_AS_SYSTEM',
    severity: 'high',
    message: 'Expected plain text, but it has the marks with which a prompt speaks as the system',
    finds: matches(
      /<\s*\/?\s*(system|important|instructions?|admin|secret|assistant|hidden)\s*>/,
      /<\|(im_start|im_end|system|user|assistant|endoftext)\|>/,
      /\[\/?(inst|system)\]/,
      /<<\/?sys>>/,
      /(^|\s)#{1,6} ?(system|assistant)( prompt| message)?:?(\s|$)/,
      /(^|\s)(system|assistant) ?(prompt|message|instruction)s?:/,
    ),
  },
  {
    code: 'READS_CREDENTIALS',
    severity: 'high',
    message: 'Expected a tool that minds its own arguments, but its text names places where credentials lie',
    finds: matches(
      /(~|\/home\/\w+|\$home|\/root)\/\.(ssh|aws|gnupg|kube|docker|config|cursor|claude|npmrc|netrc)\b/,
      /\bid_(rsa|ed25519|ecdsa)\b/,
      /\/etc\/(passwd|shadow)\b/,
      /\.aws\/credentials\b/,
      /\b(mcp|claude_desktop_config)\.json\b/,
    ),
  },
  {
    code: 'CARRIES_DATA_OUT',
    severity: 'high',
    message:
      'Expected a tool that asks for what it needs, but its text asks a model for what it knows of others',
    finds: matches(
      /\b(send|post|upload|forward|exfiltrate|leak|transmit|include|append|attach|pass|copy|put|paste|provide)\b[^.]{0,60}\b(conversation|chat history|system prompt|previous messages|whole context|full context|entire context|environment variables|private keys?|all (the )?(passwords|secrets|credentials|tokens))\b/,
      /\b(contents?|text) of\b[^.]{0,40}\b(conversation|chat history|system prompt|previous messages|private key)\b/,
      /!\[[^\]]{0,200}\]\( ?https?:/,
    ),
  },
  {
    code: 'STEERS_OTHER_TOOLS',
    severity: 'high',
    message: 'Expected a description of this tool, but it tells a model when and how to use others',
    finds: matches(
      /\b(before|after|when|whenever|instead of|prior to|each time|every time)\b[^.]{0,30}\b(us(e|ing)|call(ing)?|invok(e|ing)|run(ning)?)\b[^.]{0,15}\b(any|every|all|other|another|each)( of the)?( other)? tools?\b/,
      /\b(do not|don't|never|must not)\b[^.]{0,15}\b(use|call|invoke)\b[^.]{0,15}\b(any|the|all)?( other| another) tools?\b/,
      /\b(must|always|required to|have to)\b[^.]{0,25}\b(call|use|invoke|run)\b[^.]{0,15}\bthis( tool)? (first|before (any|every|all|other|answering|responding))\b/,
      /\bthis tool (overrides|replaces|supersedes|takes precedence over)\b/,
    ),
  },
  {
    code: 'HIDDEN_COMMENT',
    severity: 'high',
    message: 'Expected a text that is shown as it is, but a part of it is a comment that is not shown',
    finds: matches(
      /<!--/,
      /\[\/\/\]: ?#/,
      /<[a-z]{1,20}[^>]{0,200}(display: ?none|font-size: ?0|visibility: ?hidden)/,
    ),
  },
  {
    code: 'ENCODED_TEXT',
    severity: 'low',
    message: 'Expected a text that people can read, but a part of it is encoded',
    finds: matches(
      /[a-z0-9+/]{120,}={0,2}/,
      /(\\x[0-9a-f]{2}){12,}/,
      /(\\u[0-9a-f]{4}){12,}/,
      /\bdata:[a-z]+\/[a-z0-9.+-]+;base64,/,
    ),
  },
  {
    code: 'VERY_LONG',
    severity: 'low',
    message: 'Expected a description that people can read, but it has more than 5,000 characters',
    finds: (text) => text.length > 5_000,
  },
];

/**
 * Characters that are not seen: controls other than white space, formats (zero width, directions, tags) but joiners and marks of
 * Arabic numbers, private use, fillers, and variation selectors of no sign.
 */
const unseen = [
  /[^\P{Cc}\t\n\r]/u,
  /(?!\u200c|\u200d|[\u0600-\u0605\u06dd\u070f\u08e2])\p{Cf}/u,
  /\p{Co}/u,
  /\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0/u,
  /[\u{e0100}-\u{e01ef}]/u,
  /[\ufe00-\ufe0f]{2}/u,
  // Joiners join the parts of an emoji, and letters of some scripts; elsewhere they are letters nobody sees.
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\p{M}\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}])[\u200c\u200d]/u,
];

export const hiddenCharacters: ScanRule = {
  code: 'HIDDEN_CHARACTERS',
  severity: 'high',
  message: 'Expected a text of which people see everything, but it has characters that are not shown',
  finds: matches(...unseen),
};

/** The text as a model reads it through what is put between its letters. */
export function readable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, ' ')
    .toLowerCase();
}
