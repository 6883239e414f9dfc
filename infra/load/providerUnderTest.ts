import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Said {
  text?: string;
  calls?: { id: string; name: string; arguments: object }[];
}

/** A request that a model was asked by, to be answered when the test likes. */
export interface AskedModel {
  messages: { role: string; content?: unknown; tool_call_id?: string }[];
  /** Resolves when whoever asked does not wait any more, or has the answer. */
  closed: Promise<void>;
  answer(said: Said): void;
  /** Of an answer that streams: a piece of its text. */
  piece(text: string): void;
}

export interface ProviderUnderTest {
  baseUrl: string;
  close(): void;
}

const usage = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };
const base = { id: 'c', created: 1, model: 'small' };

/** A server that speaks as OpenAI's, whose only model answers as it is told. */
export async function startProviderUnderTest(asked: (asked: AskedModel) => void): Promise<ProviderUnderTest> {
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'small', object: 'model' }] }));
      return;
    }
    const { messages, stream = false } = JSON.parse(await textOf(request)) as {
      messages: AskedModel['messages'];
      stream?: boolean;
    };
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    asked({ messages, closed, ...speaking(response, stream) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function speaking(response: ServerResponse, streams: boolean): Pick<AskedModel, 'answer' | 'piece'> {
  const send = (rest: object) => response.write(`data: ${JSON.stringify({ ...base, ...rest })}\n\n`);
  const chunk = (delta: object, finish_reason: string | null = null) =>
    send({ choices: [{ index: 0, delta, finish_reason }] });
  response.setHeader('content-type', streams ? 'text/event-stream' : 'application/json');
  return {
    piece: (text) => void chunk({ content: text }),
    answer({ text, calls = [] }) {
      const tool_calls = calls.map(({ id, name, arguments: given }, index) => ({
        ...(streams && { index }),
        id,
        type: 'function',
        function: { name, arguments: JSON.stringify(given) },
      }));
      const message = {
        role: 'assistant',
        ...(text !== undefined && { content: text }),
        ...(calls.length > 0 && { tool_calls }),
      };
      const finish = calls.length > 0 ? 'tool_calls' : 'stop';
      if (!streams) {
        const choices = [{ index: 0, message: { content: null, ...message }, finish_reason: finish }];
        response.end(JSON.stringify({ ...base, object: 'chat.completion', choices, usage }));
        return;
      }
      chunk(message);
      chunk({}, finish);
      send({ choices: [], usage });
      response.end('data: [DONE]\n\n');
    },
  };
}
