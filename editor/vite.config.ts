import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstLoad } from './build/firstLoad.ts';
import { frameChunk, preloadMain } from './build/frameChunk.ts';
import { oneIconFont } from './build/oneIconFont.ts';
import { precompress } from './build/precompress.ts';
import { texts } from './build/texts.ts';

const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:3000';

const root = fileURLToPath(new URL('.', import.meta.url));
const entry = fileURLToPath(new URL('entry.ts', import.meta.url));
const questions = fileURLToPath(new URL('../engine/protocol/questions.ts', import.meta.url));
const main = fileURLToPath(new URL('main.tsx', import.meta.url));

export default defineConfig({
  root,
  base: '/',
  plugins: [
    oneIconFont(),
    texts(root),
    react(),
    firstLoad({ limit: 700_000, canvas: /main\.tsx$|contrib\/designer\/.*\.tsx?$/ }),
    preloadMain(main),
    precompress(),
  ],
  // Doors of our packages resolve to their sources.
  resolve: {
    conditions: ['baton-source', 'module', 'browser', 'development|production'],
    // Hooks of one preact do not know components of another: the parts of form-js share one.
    dedupe: ['preact'],
  },
  build: {
    outDir: 'dist/app',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    // Monaco is one lazy chunk of its own; nobody waits for it before typing code.
    chunkSizeWarningLimit: 6_000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [frameChunk(entry, main, [root, questions])],
        },
        // Under one name, so that the sign-in page of the embedded issuer has the same letters.
        assetFileNames: ({ names }) =>
          names.includes('inter-latin-wght-normal.woff2')
            ? 'assets/inter.woff2'
            : 'assets/[name]-[hash][extname]',
      },
    },
  },
  worker: { format: 'es' },
  server: {
    port: 5173,
    proxy: {
      '/api': gateway,
      '/realms': gateway,
      '/docs': gateway,
      '/ws': { target: gateway.replace(/^http/, 'ws'), ws: true },
    },
  },
});
