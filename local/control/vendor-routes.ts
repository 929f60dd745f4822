import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { isSource } from '../../core/connector/source.ts';
import { localKey } from '../start/local-key.ts';
import { sign } from '../vendors/sign.ts';
import { BadCall, type ControlRoute, json, jsonBody, wrong } from './answers.ts';
import type { LocalStackHandle } from './local-stack-handle.ts';

const Answers = z.record(z.string(), z.unknown());

/** The incident tools of this machine: what their APIs answer, and what they post. */
export function vendorRoutes({ vendors, clock, url }: LocalStackHandle): ControlRoute[] {
  return [
    {
      key: 'PUT /_local/vendors/{source}',
      handle: (call) => {
        const { source = '' } = call.parameters;
        const answers = Answers.safeParse(jsonBody(call));
        if (!answers.success) throw new BadCall('the body: an object of answers, by the path of the API');
        vendors.put(source, answers.data);
        return json({ paths: Object.keys(answers.data).length });
      },
    },
    {
      key: 'POST /_local/hooks/{source}',
      handle: async ({ parameters: { source = '' }, body }) => {
        if (!isSource(source)) return wrong(404, `no incident tool ${source}`);
        const signed = sign(source, body.toString(), { now: clock.now(), id: `msg_${randomUUID()}` });
        const answer = await fetch(`${url}/hooks/${source}/${localKey}`, { method: 'POST', headers: signed.headers, body: signed.body });
        return json({ status: answer.status });
      },
    },
  ];
}
