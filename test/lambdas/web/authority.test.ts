import { describe, expect, it } from 'vitest';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { idOf } from '../../support/sign-up.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const schedule = { every: 'week', on: 'monday', at: '09:00' };
const distribution = aDistribution({
  streams: {
    'engineering-digest': { schedule },
    'sev1-alerts': { severities: ['sev1'] },
    'leadership-brief': { schedule, signUp: 'approval', owner: 'olga@example.com' },
  },
});
const ada = aProfile({ sid: idOf('ada@example.com'), address: 'ada@example.com' });

/** A form that nobody was shown: the fields of a stream as a page would have carried them. */
const made = (stream: string) => {
  const fields = { frequency: 'off', weekday: '', hour: '', follow: [], leaveOut: [], least: '', delegate: '', delegateUntil: '' };
  return JSON.stringify({ zone: 'Europe/Berlin', pausedUntil: '', tracking: 'on', format: 'html', streams: { [stream]: fields } });
};

async function aReader() {
  const world = await aWebWorld(await freshTable(), { people: [ada], distribution });
  const ask = world.serve(pageRoutes(world.deps));
  const link = `/p/${world.token({ scope: 'preferences', subscriber: ada.sid })}`;
  const save = async (stream: string, field: string, value: string) => {
    const form = { shown: made(stream), [`${stream}.${field}`]: value, press: 'save' };
    return (await ask(aPageEvent('POST', link, { form }))).statusCode;
  };
  return { ...world, ask, link, save, person: () => world.profile(ada.sid) };
}

describe('a form that was made up', () => {
  it('gets nobody past the owner of a stream, in however many steps', async () => {
    const { save, person, ask, link } = await aReader();
    for (const stream of ['leadership-brief', 'sev1-alerts']) {
      expect(await save(stream, 'frequency', 'on')).toBe(422);
      expect(await save(stream, 'least', 'sev1')).toBe(422);
      expect(await save(stream, 'frequency', 'on')).toBe(422);
    }
    expect(await person()).toEqual(ada);
    expect((await ask(aPageEvent('GET', link))).body).not.toContain('what leadership should know');
  });

  it.each(['customer-notices', 'customer-impact'])('writes no settings of %s, and is no fault of ours', async (stream) => {
    const { save, person } = await aReader();
    for (const [field, value] of [
      ['least', 'sev1'],
      ['frequency', 'on'],
      ['hour', '7'],
    ] as const)
      expect(await save(stream, field, value)).toBe(422);
    expect(await person()).toEqual(ada);
  });
});
