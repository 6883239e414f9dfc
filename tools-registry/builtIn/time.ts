import { builtInTool } from './builtInTool.ts';

export const timeTools = [
  builtInTool({
    name: 'time.now',
    description: 'Tells the present time in UTC',
    input: { type: 'object', properties: {}, additionalProperties: false },
    output: {
      type: 'object',
      properties: {
        iso: { type: 'string', description: 'As 2026-03-13T09:30:00.000Z' },
        date: { type: 'string', description: 'As 2026-03-13' },
        weekday: { type: 'string', description: 'As Friday' },
        epochMilliseconds: { type: 'number' },
      },
      required: ['iso', 'date', 'weekday', 'epochMilliseconds'],
    },
    run: `const now = new Date;
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const iso = now.toISOString();
return { iso, date: iso.slice(0, 10), weekday: weekdays[now.getUTCDay()], epochMilliseconds: now.getTime() };`,
  }),
];
