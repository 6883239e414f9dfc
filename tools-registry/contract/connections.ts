/** What a tool may be connected to by a name. */
export const connectionKindNames = ['postgres', 'mysql', 'mongodb', 'smtp'] as const;
export type ConnectionKind = (typeof connectionKindNames)[number];

/** A tenant's way to a database or to mail, as it is opened. */
export interface ToolConnection {
  kind: ConnectionKind;
  /** With its user, without its password. */
  url: string;
  password: string | undefined;
  /** Tools only read by it, whatever they say of themselves. */
  readOnly: boolean;
  /** Another one after every change. */
  revision: string;
}

/** Whether it could be connected to, with what the other side says it is, or why not. */
export interface ConnectionTest {
  ok: boolean;
  message: string;
}
