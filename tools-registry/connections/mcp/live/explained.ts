import {
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  SseError,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import type { McpServerState } from '../../../contract/index.ts';
import { ListRefused } from '../contracts/listing.ts';
import { faultOf, type McpFault } from '../wire/fault.ts';

export interface Explained {
  state: Extract<McpServerState, 'error' | 'needsAuthorization'>;
  /** "Expected …, but …". */
  message: string;
}

/** Why a server could not be reached or understood, for people. `fault` is what ended the connection. */
export function explained(error: unknown, server: string, fault: McpFault | undefined): Explained {
  const known = fault ?? faultOf(error);
  if (known) return { state: 'error', message: known.message };
  const status = statusOf(error);
  if (error instanceof UnauthorizedError || status === 401) {
    return {
      state: 'needsAuthorization',
      message: `Expected '${server}' to let us in, but it wants to know who asks (401)`,
    };
  }
  if (status !== undefined) {
    const elsewhere = '; its address may be another, or it may be an older one that speaks SSE';
    const text =
      status === 403
        ? 'it refuses (403)'
        : `it answered ${status}${status === 404 || status === 405 ? elsewhere : ''}`;
    return { state: 'error', message: `Expected '${server}' to answer as an MCP server, but ${text}` };
  }
  if (error instanceof ListRefused) return { state: 'error', message: error.message };
  if (error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout) {
    return { state: 'error', message: `Expected '${server}' to answer, but it did not in time` };
  }
  if (error instanceof SdkError && error.code === SdkErrorCode.InvalidResult) {
    return {
      state: 'error',
      message: `Expected '${server}' to answer as MCP has it, but ${firstLine(error.message)}`,
    };
  }
  if (error instanceof ProtocolError) {
    return {
      state: 'error',
      message: `Expected '${server}' to answer, but it says: ${firstLine(error.message)}`,
    };
  }
  return { state: 'error', message: lowest(error, server) };
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof SdkHttpError) return error.data.status;
  const code = codeOf(error);
  return error instanceof SseError && typeof code === 'number' ? code : undefined;
}

const reasons: { readonly [code: string]: string } = {
  ECONNREFUSED: 'nobody listens at its address',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of its host cannot be looked up now',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its network cannot be reached',
  ETIMEDOUT: 'it did not answer in time',
  ECONNRESET: 'it hung up',
  UND_ERR_SOCKET: 'it hung up',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'it fell silent',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is of another host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no HTTPS is spoken there',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no HTTPS is spoken there',
  EPROTO: 'no HTTPS is spoken there',
  HPE_INVALID_CONSTANT: 'no HTTP is spoken there',
};

/** The reason lies below the words of those who pass it on, or in them. */
function lowest(error: unknown, server: string): string {
  let said = error instanceof Error ? error.message : String(error);
  let reason: string | undefined;
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    const code = codeOf(inner);
    if (code === 'ADDRESS_REFUSED' || code === 'ANSWER_TOO_LARGE') return inner.message;
    said = inner.message || said;
    const named = /\b(E[A-Z_]{4,}|UND_ERR_[A-Z_]+)\b/.exec(inner.message)?.[1];
    reason = reasons[String(code)] ?? (named === undefined ? undefined : reasons[named]) ?? reason;
  }
  return `Expected '${server}' to answer as an MCP server, but ${reason ?? `it does not: ${firstLine(said)}`}`;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error ? (error as { code?: unknown }).code : undefined;
}

function firstLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 400);
}
