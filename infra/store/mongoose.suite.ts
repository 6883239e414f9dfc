import mongoose, { type Connection, type Model, Schema } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

export interface ServerUnderTest {
  connection: Connection;
  /** Closes everything and opens what was stored again; a real server stays up. */
  reopen(): Promise<Connection>;
  close(): Promise<void>;
}

interface Order {
  _id: string;
  customer: string;
  total: number;
  tags: string[];
  placed: Date;
  lines: { sku: string; count: number }[];
  note?: string;
}

const orderSchema = new Schema<Order>(
  {
    _id: String,
    customer: String,
    total: Number,
    tags: { type: [String], default: undefined },
    placed: Date,
    lines: { type: [{ _id: false, sku: String, count: Number }], default: undefined },
    note: String,
  },
  { versionKey: false, autoIndex: false },
);

const order = (n: number, over: Partial<Order> = {}): Order => ({
  _id: `o${n}`,
  customer: n % 2 ? 'ada' : 'bob',
  total: n * 10,
  tags: n % 3 ? ['new'] : ['new', 'late'],
  placed: new Date(Date.UTC(2026, 0, n)),
  lines: [
    { sku: 'a', count: n },
    { sku: 'b', count: 1 },
  ],
  ...over,
});

/** What mongoose asks of a server, in the form a MongoDB answers it. */
export function mongooseSuite(form: string, open: () => Promise<ServerUnderTest>): void {
  describe(`mongoose on ${form}`, () => {
    let server: ServerUnderTest;
    let Orders: Model<Order>;
    const ids = (found: { _id: unknown }[]) => found.map(({ _id }) => _id);

    beforeAll(async () => {
      server = await open();
      Orders = server.connection.model<Order>('Order', orderSchema);
    });
    beforeEach(async () => {
      await Orders.collection.drop().catch(() => false);
      await Orders.insertMany([1, 2, 3, 4, 5, 6].map((n) => order(n)));
    });
    afterAll(() => server?.close());

    test('documents come back as they were saved, in the order they came', async () => {
      expect(await Orders.find().lean()).toEqual([1, 2, 3, 4, 5, 6].map((n) => order(n)));
    });

    test('find with filter, sort, skip and limit', async () => {
      const found = await Orders.find({ total: { $gt: 10, $lte: 50 } })
        .sort({ customer: -1, total: -1 })
        .skip(1)
        .limit(2)
        .lean();
      expect(ids(found)).toEqual(['o2', 'o5']);
    });

    test('query operators: $in, $ne, $or, $exists, $elemMatch, $all, $size, $regex, $not, dotted paths', async () => {
      await Orders.create(order(7, { note: 'Ring twice', customer: 'eve' }));
      const matching = async (filter: object) => ids(await Orders.find(filter).sort({ _id: 1 }).lean());
      expect({
        in: await matching({ _id: { $in: ['o1', 'o3', 'none'] } }),
        ne: await matching({ customer: { $ne: 'ada' } }),
        or: await matching({ $or: [{ total: 10 }, { customer: 'eve' }] }),
        exists: await matching({ note: { $exists: true } }),
        absent: await matching({ note: null, total: { $lt: 25 } }),
        elemMatch: await matching({ lines: { $elemMatch: { sku: 'a', count: { $gte: 6 } } } }),
        all: await matching({ tags: { $all: ['new', 'late'] } }),
        size: await matching({ tags: { $size: 2 } }),
        regex: await matching({ note: /^ring/i }),
        not: await matching({ total: { $not: { $lt: 60 } } }),
        dotted: await matching({ 'lines.count': 5 }),
        date: await matching({ placed: { $gte: new Date('2026-01-06T00:00:00Z') } }),
        element: await matching({ tags: 'late' }),
      }).toEqual({
        in: ['o1', 'o3'],
        ne: ['o2', 'o4', 'o6', 'o7'],
        or: ['o1', 'o7'],
        exists: ['o7'],
        absent: ['o1', 'o2'],
        elemMatch: ['o6', 'o7'],
        all: ['o3', 'o6'],
        size: ['o3', 'o6'],
        regex: ['o7'],
        not: ['o6', 'o7'],
        dotted: ['o5'],
        date: ['o6', 'o7'],
        element: ['o3', 'o6'],
      });
    });

    test('projections by inclusion and exclusion', async () => {
      expect(await Orders.findOne({ _id: 'o1' }, { total: 1, 'lines.sku': 1 }).lean()).toEqual({
        _id: 'o1',
        total: 10,
        lines: [{ sku: 'a' }, { sku: 'b' }],
      });
      expect(await Orders.findOne({ _id: 'o1' }, { _id: 0, tags: 0, lines: 0, placed: 0 }).lean()).toEqual({
        customer: 'ada',
        total: 10,
      });
    });

    test('findOneAndUpdate gives the document before or after, and upserts', async () => {
      const before = await Orders.findOneAndUpdate({ _id: 'o1' }, { $inc: { total: 5 } }).lean();
      const after = await Orders.findOneAndUpdate(
        { _id: 'o1' },
        { $set: { 'lines.0.count': 9 } },
        { returnDocument: 'after' },
      ).lean();
      const upserted = await Orders.findOneAndUpdate(
        { _id: 'o9', customer: 'eve' },
        { $set: { total: 1 }, $setOnInsert: { note: 'made' } },
        { upsert: true, returnDocument: 'after' },
      ).lean();
      const again = await Orders.findOneAndUpdate(
        { _id: 'o9', customer: 'eve' },
        { $set: { total: 2 }, $setOnInsert: { note: 'never' } },
        { upsert: true, returnDocument: 'after' },
      ).lean();
      expect([before?.total, after?.total, after?.lines[0]?.count]).toEqual([10, 15, 9]);
      expect(upserted).toEqual({ _id: 'o9', customer: 'eve', total: 1, note: 'made' });
      expect(again).toEqual({ _id: 'o9', customer: 'eve', total: 2, note: 'made' });
      expect(await Orders.findOneAndUpdate({ _id: 'none' }, { $set: { total: 1 } }).lean()).toBeNull();
    });

    test('findOneAndUpdate and findOneAndDelete take the first in sort order', async () => {
      const updated = await Orders.findOneAndUpdate(
        {},
        { $set: { note: 'x' } },
        { sort: { total: -1 } },
      ).lean();
      const deleted = await Orders.findOneAndDelete({ customer: 'ada' }, { sort: { total: -1 } }).lean();
      expect([updated?._id, deleted?._id]).toEqual(['o6', 'o5']);
      expect(await Orders.countDocuments()).toBe(5);
    });

    test('updateMany with its operators', async () => {
      const result = await Orders.updateMany(
        { customer: 'ada' },
        {
          $inc: { total: 1 },
          $push: { tags: { $each: ['x', 'y'] } },
          $unset: { placed: 1 },
          $min: { 'lines.1.count': 0 },
        },
      );
      expect([result.matchedCount, result.modifiedCount]).toEqual([3, 3]);
      expect(await Orders.findById('o3').lean()).toEqual({
        _id: 'o3',
        customer: 'ada',
        total: 31,
        tags: ['new', 'late', 'x', 'y'],
        lines: [
          { sku: 'a', count: 3 },
          { sku: 'b', count: 0 },
        ],
      });
      await Orders.updateMany({}, { $pull: { tags: 'new' }, $mul: { total: 2 } });
      await Orders.updateOne({ _id: 'o3' }, { $addToSet: { tags: 'x' }, $max: { total: 1 } });
      await Orders.updateOne({ _id: 'o3', 'lines.sku': 'b' }, { $set: { 'lines.$.count': 7 } });
      const changed = await Orders.findById('o3').lean();
      expect([changed?.tags, changed?.total, changed?.lines[1]?.count]).toEqual([['late', 'x', 'y'], 62, 7]);
      const unchanged = await Orders.updateMany({ _id: 'o2' }, { $set: { customer: 'bob' } });
      expect([unchanged.matchedCount, unchanged.modifiedCount]).toEqual([1, 0]);
    });

    test('a replacement keeps the id and nothing else', async () => {
      await Orders.replaceOne({ _id: 'o1' }, { customer: 'eve' });
      expect(await Orders.findById('o1').lean()).toEqual({ _id: 'o1', customer: 'eve' });
    });

    test('deleteOne and deleteMany count what they removed', async () => {
      expect((await Orders.deleteOne({ customer: 'ada' })).deletedCount).toBe(1);
      expect((await Orders.deleteMany({ customer: 'bob' })).deletedCount).toBe(3);
      expect(ids(await Orders.find().lean())).toEqual(['o3', 'o5']);
    });

    test('a unique index refuses the second document and says which value', async () => {
      await Orders.collection.createIndex({ customer: 1, total: 1 }, { unique: true, name: 'once' });
      await expect(Orders.create(order(8, { customer: 'bob', total: 20 }))).rejects.toMatchObject({
        code: 11000,
        keyPattern: { customer: 1, total: 1 },
        keyValue: { customer: 'bob', total: 20 },
      });
      await expect(Orders.updateOne({ _id: 'o4' }, { $set: { total: 20 } })).rejects.toMatchObject({
        code: 11000,
      });
      expect((await Orders.findById('o4').lean())?.total).toBe(40);
      await expect(Orders.create(order(1, { total: 1 }))).rejects.toMatchObject({
        code: 11000,
        keyValue: { _id: 'o1' },
      });
      await Orders.deleteOne({ _id: 'o2' });
      await Orders.create(order(8, { customer: 'bob', total: 20 }));
    });

    test('a unique index is not made over documents that break it', async () => {
      await expect(Orders.collection.createIndex({ customer: 1 }, { unique: true })).rejects.toMatchObject({
        code: 11000,
      });
      expect((await Orders.collection.indexes()).map(({ name }) => name)).toEqual(['_id_']);
    });

    test('sparse and partial unique indexes leave the others alone', async () => {
      await Orders.collection.createIndex({ note: 1 }, { unique: true, sparse: true });
      await Orders.collection.createIndex(
        { total: 1 },
        { unique: true, partialFilterExpression: { customer: 'eve' } },
      );
      await Orders.create(order(7, { note: 'x', customer: 'eve', total: 10 }));
      await expect(Orders.create(order(8, { note: 'x' }))).rejects.toMatchObject({ code: 11000 });
      await expect(Orders.create(order(9, { customer: 'eve', total: 10 }))).rejects.toMatchObject({
        code: 11000,
      });
      await Orders.create(order(10, { customer: 'ada', total: 10 }));
      expect(ids(await Orders.find({ total: 10 }).sort({ _id: 1 }).lean())).toEqual(['o1', 'o10', 'o7']);
    });

    test('insertMany unordered stores all it can', async () => {
      await expect(Orders.insertMany([order(1), order(7)], { ordered: false })).rejects.toMatchObject({
        code: 11000,
      });
      await expect(Orders.insertMany([order(1), order(8)])).rejects.toMatchObject({ code: 11000 });
      expect(ids(await Orders.find({ total: { $gte: 70 } }).lean())).toEqual(['o7']);
    });

    test('aggregate: match, group, sort, project, unwind', async () => {
      expect(
        await Orders.aggregate([
          { $match: { total: { $gt: 10 } } },
          { $group: { _id: '$customer', sum: { $sum: '$total' }, best: { $max: '$total' }, n: { $sum: 1 } } },
          { $sort: { sum: 1 } },
        ]),
      ).toEqual([
        { _id: 'ada', sum: 80, best: 50, n: 2 },
        { _id: 'bob', sum: 120, best: 60, n: 3 },
      ]);
      expect(
        await Orders.aggregate([
          { $unwind: '$lines' },
          { $match: { 'lines.count': { $gt: 4 } } },
          { $project: { _id: 1, double: { $multiply: ['$total', 2] }, sku: '$lines.sku' } },
          { $sort: { double: -1 } },
          { $limit: 1 },
        ]),
      ).toEqual([{ _id: 'o6', double: 120, sku: 'a' }]);
    });

    test('distinct and counts', async () => {
      expect((await Orders.distinct('tags', { total: { $gt: 0 } })).sort()).toEqual(['late', 'new']);
      expect(await Orders.countDocuments({ customer: 'ada' })).toBe(3);
      expect(await Orders.estimatedDocumentCount()).toBe(6);
      expect(await Orders.exists({ _id: 'o1' })).toEqual({ _id: 'o1' });
    });

    test('results beyond one batch arrive whole and once', async () => {
      await Orders.insertMany(Array.from({ length: 500 }, (_, i) => order(100 + i)));
      const seen: string[] = [];
      for await (const { _id } of Orders.find({}).sort({ total: 1 }).lean().cursor({ batchSize: 37 }))
        seen.push(_id);
      expect([seen.length, new Set(seen).size, seen.at(-1)]).toEqual([506, 506, 'o599']);
    });

    test('with an index a query finds what it finds without', async () => {
      const filters = [
        { customer: 'ada' },
        { customer: 'ada', total: { $gte: 30 } },
        { customer: { $in: ['ada', 'none'] }, total: 10 },
        { tags: 'late' },
        { 'lines.count': { $gte: 4 } },
        { note: null },
        { placed: { $lt: new Date('2026-01-03T00:00:00Z') } },
      ];
      const answers = async () =>
        Promise.all(filters.map(async (filter) => ids(await Orders.find(filter).sort({ _id: 1 }).lean())));
      const without = await answers();
      for (const key of [
        { customer: 1, total: -1 },
        { tags: 1 },
        { 'lines.count': 1 },
        { note: 1 },
        { placed: -1 },
      ])
        await Orders.collection.createIndex(key as never);
      expect(await answers()).toEqual(without);
    });

    test('values keep their types', async () => {
      const { Binary, Decimal128, Long, ObjectId } = mongoose.mongo;
      const document = {
        _id: new ObjectId('65a1b2c3d4e5f60718293a4b'),
        double: 1.5,
        long: Long.fromString('9007199254740993'),
        decimal: Decimal128.fromString('0.10'),
        binary: new Binary(Buffer.from([0, 1, 255])),
        date: new Date(-1),
        nothing: null,
        nested: { deep: [{ a: [1, [2]] }] },
      };
      const raw = server.connection.collection('orders');
      await raw.insertOne(document);
      expect(await raw.findOne({ _id: document._id })).toEqual(document);
      expect(await raw.findOne({ long: document.long })).toEqual(document);
    });

    test('what is not offered is refused with its code', async () => {
      await expect(server.connection.db!.command({ noSuchThing: 1 })).rejects.toMatchObject({ code: 59 });
      await expect(Orders.collection.find({ total: { $noSuch: 1 } }).toArray()).rejects.toMatchObject({
        code: 2,
      });
    });

    test('documents, indexes and refusals survive a restart', async () => {
      await Orders.collection.createIndex({ total: 1 }, { unique: true, name: 'once' });
      const before = await Orders.find().lean();
      const connection = await server.reopen();
      Orders = connection.model<Order>('Order', orderSchema);
      expect(await Orders.find().lean()).toEqual(before);
      expect((await Orders.collection.indexes()).map(({ name, unique }) => [name, unique])).toEqual([
        ['_id_', undefined],
        ['once', true],
      ]);
      await expect(Orders.create(order(7, { total: 10 }))).rejects.toMatchObject({ code: 11000 });
      await Orders.create(order(7));
      expect(await Orders.countDocuments()).toBe(7);
    });
  });
}
