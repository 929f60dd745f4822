import { expect, it } from 'vitest';
import { namedChannels } from '../../../core/operator/show-slack.ts';
import { mostListed } from '../../../core/slack/channels-for.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aChannel } from '../../support/drift.ts';

const standings = (count: number) => {
  const channels = Array.from({ length: count }, (_, n) => aChannel(`c${n}`));
  return namedChannels(aDistribution({ slack: { channels: [{ channel: '#gone' }] } }), channels)
    .filter(({ named }) => named === '#gone')
    .map(({ standing }) => standing);
};

it('calls a channel missing if the list has every channel, and else not known', () => {
  expect(standings(mostListed - 1)).toEqual(['missing']);
  expect(standings(mostListed)).toEqual(['not known']);
});
