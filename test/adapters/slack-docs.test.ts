import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { slackErrors } from '../../adapters/slack/slack-failure.ts';
import { scopes } from '../../local/slack/methods.ts';

const doc = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

it('the manifest asks for the scopes that the calls need, and listens to nothing', () => {
  const manifest = parse(doc('slack-app.yaml'));

  expect(manifest.oauth_config.scopes).toEqual({ bot: [...scopes] });
  expect(manifest.settings.interactivity).toEqual({ is_enabled: false });
  expect(manifest.settings).not.toHaveProperty('event_subscriptions');
});

it('docs/slack.md has a remedy for each word of Slack', () => {
  const [, text = ''] = doc('slack.md').split('## When something does not appear');
  const words = new Set([...text.matchAll(/`([A-Za-z0-9_]+)`/g)].map(([, word]) => word));

  expect(Object.values(slackErrors).flatMap((names) => [...names].filter((name) => !words.has(name)))).toEqual([]);
});
