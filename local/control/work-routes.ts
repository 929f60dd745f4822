import * as z from 'zod';
import { durationMs } from '../clock.ts';
import { Faults } from '../faults/faults.ts';
import { BadCall, type ControlRoute, instant, json, jsonBody, wrong } from './answers.ts';
import { drain } from './drain.ts';
import type { LocalStackHandle } from './local-stack-handle.ts';

const RunAt = z.object({ at: z.string().optional() });
const NewSecret = z.object({ value: z.string().min(1) });
const Advance = z.object({ advance: z.string() });

const parsed = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new BadCall(z.prettifyError(result.error));
};

/** Routes for schedules, clock, drain, faults and functions: the ones that make things happen. */
export function workRoutes(stack: LocalStackHandle): ControlRoute[] {
  const { scheduler, clock, functions, faults, ses } = stack;
  const inForce = () => ({ seed: faults.seed, ses: faults.ses, dynamodb: faults.dynamodb, slack: faults.slack });
  const refreshQuota = async () => {
    if (scheduler.list().some(({ name }) => name.startsWith('sweep'))) await scheduler.run('sweep', clock.now());
  };
  return [
    { key: 'GET /_local/schedules', handle: () => json(scheduler.list()) },
    {
      key: 'POST /_local/schedules/{name}/run',
      handle: async (call) => {
        const { at } = parsed(RunAt, jsonBody(call));
        const when = at === undefined ? clock.now() : instant(at, 'at');
        const ran = await scheduler.run(call.parameters.name ?? '', when);
        const names = scheduler.list().map(({ name }) => name);
        return ran === undefined
          ? wrong(404, `no one schedule begins with ${call.parameters.name}; there are: ${names.join(', ')}`)
          : json({ schedule: ran, at: when.toISOString() });
      },
    },
    { key: 'GET /_local/clock', handle: () => json({ now: clock.now().toISOString(), aheadMs: clock.offsetMs() }) },
    {
      key: 'POST /_local/clock',
      handle: async (call) => {
        const ms = durationMs(parsed(Advance, jsonBody(call)).advance);
        if (ms === undefined) return wrong(400, 'advance: a duration such as P8D or PT90M; a clock goes forward only');
        clock.advance(ms);
        await scheduler.catchUp();
        return json({ now: clock.now().toISOString(), aheadMs: clock.offsetMs() });
      },
    },
    { key: 'POST /_local/drain', handle: async ({ request }) => json(await drain(stack, () => !request.socket.destroyed)) },
    { key: 'GET /_local/faults', handle: () => json({ ...inForce(), throttled: ses.throttled(), overRate: ses.overRate() }) },
    {
      key: 'PUT /_local/faults',
      handle: async (call) => {
        const { maxSendRate, dailyQuota } = faults.ses;
        faults.set(parsed(Faults, jsonBody(call)));
        if (faults.ses.maxSendRate !== maxSendRate || faults.ses.dailyQuota !== dailyQuota) await refreshQuota();
        return json(inForce());
      },
    },
    {
      key: 'POST /_local/functions/{name}/kill',
      handle: ({ parameters }) => {
        const killed = functions.kill(parameters.name ?? '');
        const names = functions.list().map(({ name }) => name);
        return killed === undefined ? wrong(404, `no function ${parameters.name}; there are: ${names.join(', ')}`) : json({ killed });
      },
    },
    { key: 'GET /_local/functions', handle: () => json(functions.list()) },
    { key: 'GET /_local/queues', handle: async () => json(await stack.queues()) },
    {
      key: 'POST /_local/queues/{name}/purge',
      handle: async ({ parameters: { name = '' } }) => {
        if (await stack.purge(name)) return json({ purged: name });
        const names = (await stack.queues()).map((queue) => queue.name);
        return wrong(404, `no queue ${name}; there are: ${names.join(', ')}`);
      },
    },
    {
      key: 'PUT /_local/secrets/{name}',
      handle: (call) => {
        const { name = '' } = call.parameters;
        const { value } = parsed(NewSecret, jsonBody(call));
        return stack.secrets.put(name, value) ? json({ put: name }) : wrong(404, `no one secret has ${name} in its name`);
      },
    },
    { key: 'GET /_local/denials', handle: () => json(stack.doorkeeper.denials()) },
    { key: 'GET /_local/metrics', handle: () => json(stack.journal.metrics()) },
    { key: 'GET /_local/usage', handle: () => json(stack.usage.lines()) },
    {
      key: 'DELETE /_local/usage',
      handle: () => {
        stack.usage.clear();
        return { status: 204, headers: {}, body: '' };
      },
    },
  ];
}
