import { expect, it } from 'vitest';
import { readConfig, variables } from './config.ts';

it('takes the defaults where nothing is set', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    grpcPort: 26500,
    restPort: 8088,
    dataDirectory: './data/broker',
    multiTenancy: true,
    clockControl: false,
    inclusiveJoin: 'observed',
  });
});

it('reads every variable of its table, and no other', () => {
  const read: string[] = [];
  const environment = new Proxy({} as { [name: string]: string }, {
    get(_, name: string) {
      read.push(name);
      return undefined;
    },
  });
  readConfig(environment);
  expect([...new Set(read)].sort()).toEqual(variables.map(({ name }) => name as string).sort());
});

it('refuses a switch that is neither on nor off', () => {
  expect(readConfig({ BROKER_MULTI_TENANCY: 'FALSE' }).multiTenancy).toBe(false);
  expect(() => readConfig({ BROKER_CLOCK_CONTROL: 'yes' })).toThrow(
    "Expected BROKER_CLOCK_CONTROL to be true or false, but it is 'yes'",
  );
});

it('refuses a kind of join that there is not', () => {
  expect(readConfig({ BROKER_INCLUSIVE_JOIN: 'correct' }).inclusiveJoin).toBe('correct');
  expect(() => readConfig({ BROKER_INCLUSIVE_JOIN: 'yes' })).toThrow(
    "Expected BROKER_INCLUSIVE_JOIN to be observed or correct, but it is 'yes'",
  );
});

it('refuses a port that is none, by its name', () => {
  expect(() => readConfig({ BROKER_REST_PORT: '80x' })).toThrow(
    "Expected BROKER_REST_PORT to be a port from 0 to 65535, but it is '80x'",
  );
});
