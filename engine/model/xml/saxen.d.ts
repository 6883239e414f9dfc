declare module 'saxen' {
  interface Tag {
    readonly name: string;
    readonly originalName: string;
    /** false when they cannot be read. */
    readonly attrs: { [name: string]: string } | false;
  }
  type Decode = (text: string) => string;
  type Context = () => { data: string; line: number; column: number };

  /** 0-based lines and columns. */
  export class Parser {
    constructor(options: { proxy: true });
    ns(prefixes: { [uri: string]: string }): this;
    on(
      event: 'openTag',
      heard: (tag: Tag, decode: Decode, selfClosing: boolean, context: Context) => void,
    ): this;
    on(event: 'closeTag', heard: () => void): this;
    on(event: 'text', heard: (text: string, decode: Decode) => void): this;
    on(event: 'cdata', heard: (text: string) => void): this;
    on(event: 'warn' | 'error', heard: (error: Error, context: Context) => void): this;
    /** The error that stopped it, if any. */
    parse(xml: string): Error | undefined;
  }
}
