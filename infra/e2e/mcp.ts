/** Asks `/mcp` as a program with an API key does: one request, whose answer is the last message of the stream. */
export async function askMcp<T>(
  address: string,
  key: string,
  method: string,
  params: object = {},
): Promise<T> {
  const answer = await fetch(`${address}/mcp`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'x-api-key': key,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const text = await answer.text();
  const data =
    text
      .match(/^data: .*$/gm)
      ?.at(-1)
      ?.slice('data: '.length) ?? text;
  const { result, error } = JSON.parse(data) as { result?: T; error?: { message: string } };
  if (!result) throw new Error(`Expected an answer to ${method}, but ${answer.status} ${error?.message}`);
  return result;
}
