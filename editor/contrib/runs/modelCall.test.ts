import { expect, test } from 'vitest';
import { plainText, readModelCall, toolArguments } from './modelCall.ts';

test('an agent was asked by the process and answered JSON', () => {
  const call = {
    request: {
      model: 'mock-1',
      messages: [
        { role: 'system', text: 'You sort mail.' },
        { role: 'user', text: 'Where is my tent?' },
      ],
    },
    response: { text: '{"mood":"calm"}', toolCalls: [] },
  };
  expect(readModelCall(call)).toEqual({
    prompt: 'Where is my tent?',
    answer: { mood: 'calm' },
    toolCalls: [],
  });
});

test('an agent asks for a tool after a tool answered', () => {
  const call = {
    request: { messages: [{ role: 'tool', toolName: 'order-lookup', text: '{}' }] },
    response: { text: '', toolCalls: [{ id: 'c1', name: 'refund-order', arguments: { amount: 4 } }] },
  };
  expect(readModelCall(call)).toEqual({
    prompt: '',
    answer: '',
    toolCalls: [{ id: 'c1', name: 'refund-order', arguments: { amount: 4 } }],
  });
});

test('a failed call has no response to read', () => {
  expect(readModelCall({ request: null, response: null })).toEqual({
    prompt: '',
    answer: undefined,
    toolCalls: [],
  });
});

test('a tool call shows what the tool was given', () => {
  const request = { tool: 'order-lookup', version: 1, callId: 'c1', arguments: { orderId: 'HP-48213' } };
  expect(toolArguments({ request })).toEqual({ orderId: 'HP-48213' });
});

test('an answer that only wraps a text is read as that text', () => {
  expect([plainText('Late.'), plainText({ text: 'Late.' })]).toEqual(['Late.', 'Late.']);
  expect([plainText({ text: 'Late.', days: 6 }), plainText(null), plainText(['Late.'])]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
