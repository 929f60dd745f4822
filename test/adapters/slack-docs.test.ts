import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { slackErrors } from '../../adapters/slack/slack-failure.ts';
import { shortcutName } from '../../core/slack-draft/read-draft-request.ts';
import { draftPaths } from '../../lambdas/drafts/env.ts';
import { scopes } from '../../local/slack/methods.ts';

const doc = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

it('the manifest asks for the scopes that the calls need, and listens to nothing', () => {
  const manifest = parse(doc('slack-app.yaml'));

  expect(manifest.oauth_config.scopes).toEqual({ bot: [...scopes] });
  expect(manifest.settings.interactivity).toEqual({ is_enabled: false });
  expect(manifest.settings).not.toHaveProperty('event_subscriptions');
});

it('the manifest with drafts has the command and the shortcut that are answered, at the addresses that are served', () => {
  const text = doc('slack-app.yaml')
    .replace('    is_enabled: false\n', '')
    .replace(/^( *)#\+ /gm, '$1');
  const { features, oauth_config, settings } = parse(text);
  const urls = [features.slash_commands[0].url, settings.interactivity.request_url].map((url) => new URL(url).pathname);

  expect(urls).toEqual([...draftPaths]);
  expect(features.slash_commands).toMatchObject([{ command: '/postmortem', should_escape: true }]);
  expect(features.shortcuts).toMatchObject([{ type: 'message', callback_id: shortcutName }]);
  expect(oauth_config.scopes.bot).toEqual([...scopes, 'commands']);
  expect(settings.interactivity.is_enabled).toBe(true);
});

it('docs/slack.md has a remedy for each word of Slack', () => {
  const [, text = ''] = doc('slack.md').split('## When something does not appear');
  const words = new Set([...text.matchAll(/`([A-Za-z0-9_]+)`/g)].map(([, word]) => word));

  expect(Object.values(slackErrors).flatMap((names) => [...names].filter((name) => !words.has(name)))).toEqual([]);
});
