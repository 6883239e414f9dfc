import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  type Document,
  deserialize,
  Long,
  ObjectId,
  serialize,
  Timestamp,
} from 'bson';
import { describe, expect, it } from 'vitest';
import { unreadFields, withoutFields } from './unread.ts';

describe('fields that are not decoded', () => {
  const unread = (projection: Document, filter: Document = {}, sort: Document = {}) => [
    ...unreadFields(projection, filter, sort),
  ];

  it('are those the projection leaves out and nothing else asks for', () => {
    expect(unread({ content: 0, 'draft.content': 0 }, { kind: 'a', deleted: false }, { name: 1 })).toEqual([
      'content',
    ]);
    expect(unread({ content: 0 }, { 'content.text': 'x' })).toEqual([]);
    expect(unread({ content: 0 }, { $or: [{ name: 'a' }, { $and: [{ content: 'x' }] }] })).toEqual([]);
    expect(unread({ content: 0 }, {}, { content: 1 })).toEqual([]);
    expect(unread({ content: 0 }, { $expr: { $eq: ['$content', 'x'] } })).toEqual([]);
    expect(unread({ name: 1 })).toEqual([]);
    expect(unread({ _id: 0 })).toEqual([]);
  });

  it('leave all others as they are, whatever their types', () => {
    const document = {
      text: 'naïve',
      content: 'x'.repeat(300),
      number: 1.5,
      nested: { content: 'stays', list: [1, 'two'] },
      list: ['a', { b: 1 }],
      bytes: new Binary(Buffer.from('bytes')),
      id: new ObjectId('0123456789abcdef01234567'),
      yes: true,
      at: new Date(0),
      none: null,
      code: new Code('x', { y: 1 }),
      int: 7,
      time: new Timestamp({ t: 1, i: 2 }),
      long: Long.fromBits(1, 2),
      decimal: Decimal128.fromString('1.25'),
      last: 'end',
    };
    const bytes = Buffer.from(serialize(document));
    const { content, last, ...rest } = document;
    const read = (kept: Document) => deserialize(serialize(kept));
    expect(deserialize(withoutFields(bytes, new Set(['content', 'last'])))).toEqual(read(rest));
    expect(deserialize(withoutFields(bytes, new Set(['other'])))).toEqual(read(document));
    expect(deserialize(withoutFields(bytes, new Set(Object.keys(document))))).toEqual({});
  });

  it('are read all the same in a document with something else in it', () => {
    const bytes = Buffer.from(serialize({ pattern: new BSONRegExp('a', 'i'), content: 'x' }));
    expect(withoutFields(bytes, new Set(['content']))).toEqual(bytes);
  });
});
