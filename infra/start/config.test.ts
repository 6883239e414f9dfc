import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfiguration, variables } from './config.ts';

const composeFile = fileURLToPath(new URL('../../docker-compose.yml', import.meta.url));

describe('docker-compose.yml', () => {
  const { services } = parse(readFileSync(composeFile, 'utf8')) as {
    services: Record<string, { environment?: Record<string, string> }>;
  };
  const set = services.baton?.environment ?? {};

  it('sets only variables that the configuration reads', () => {
    expect(Object.keys(set).filter((name) => !Object.hasOwn(variables, name))).toEqual([]);
  });

  it('sets them to values that the configuration takes', () => {
    expect(readConfiguration(set, '/data')).toMatchObject({ ok: true });
  });

  it('replaces every embedded part by a real service', () => {
    expect(Object.keys(services).sort()).toEqual(
      ['baton', 'chroma', 'elasticsearch', 'keycloak', 'mongodb', 'redis', 'zeebe'].sort(),
    );
    expect(Object.keys(set)).toEqual(
      expect.arrayContaining(['ZEEBE_ADDRESS', 'MONGODB_URI', 'OIDC_ISSUER', 'CHROMA_URL', 'REDIS_URL']),
    );
  });
});

describe('the environment', () => {
  it('has a default for everything', () => {
    const read = readConfiguration({}, '/somewhere/data');

    expect(read).toMatchObject({
      ok: true,
      value: { PORT: 3000, HOST: '127.0.0.1', ENGINE_GRPC_PORT: 26_500, BATON_DATA: '/somewhere/data' },
    });
  });

  it('is refused with the name of each variable that makes no sense', () => {
    const read = readConfiguration(
      { PORT: 'web', OIDC_ISSUER: 'keycloak', ZEEBE_ADDRESS: 'zeebe:26500' },
      '/data',
    );

    expect(read).toEqual({
      ok: false,
      failure: [
        { variable: 'PORT', message: "Expected a port from 0 to 65535, but got 'web'" },
        { variable: 'OIDC_ISSUER', message: "Expected a URL, but got 'keycloak'" },
        {
          variable: 'ZEEBE_REST_ADDRESS',
          message: 'Expected the base URL of the cluster’s /v2 API beside ZEEBE_ADDRESS, but it is not set',
        },
      ],
    });
  });

  it('takes lists of networks, origins and numbers by name', () => {
    const read = readConfiguration(
      {
        TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::1',
        EDITOR_ORIGINS: 'http://localhost:5173',
        RATE_LIMITS: 'user.read=5, tenant.run = 7',
        QUOTAS: '',
      },
      '/data',
    );

    expect(read).toMatchObject({
      ok: true,
      value: {
        TRUSTED_PROXIES: ['10.0.0.0/8', '2001:db8::1'],
        IP_DENY: [],
        EDITOR_ORIGINS: ['http://localhost:5173'],
        RATE_LIMITS: { 'user.read': 5, 'tenant.run': 7 },
        QUOTAS: {},
      },
    });
  });

  it.each([
    ['TRUSTED_PROXIES', 'example.com'],
    ['IP_DENY', '10.0.0.0/64'],
    ['EDITOR_ORIGINS', 'http://localhost:5173/editor'],
    ['RATE_LIMITS', 'user.everything=5'],
    ['QUOTAS', 'agents=many'],
    ['TLS', 'yes'],
    ['TLS_KEY', '/key.pem'],
  ])('%s=%s is refused', (name, value) => {
    expect(readConfiguration({ [name]: value }, '/data')).toMatchObject({ ok: false });
  });
});
