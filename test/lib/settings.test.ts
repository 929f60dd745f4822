import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { afterwordApp } from '../../lib/afterword-app.ts';
import { bundlesIn } from '../../lib/bundle.ts';
import { readDistribution } from '../../lib/read-distribution.ts';
import { readSettings } from '../../lib/read-settings.ts';
import { SettingsFile, settingsWith } from '../../lib/stage-settings.ts';
import { aStage, testDistribution, the } from '../support/stage-under-test.ts';

const own = `
organisation: { name: Lumen, zone: Europe/Berlin, domains: [lumen-works.de] }
senders: { internal: { name: Lumen lessons, address: lessons@lumen-works.de } }
streams: {}
`;

/** The file deploy.yaml with this text, beside these other files. */
function written(deploy: string | undefined, files: Readonly<Record<string, string>> = { 'distribution.yaml': own }): string {
  const folder = mkdtempSync(join(tmpdir(), 'afterword-settings-'));
  for (const [name, text] of Object.entries({ ...files, ...(deploy !== undefined && { 'deploy.yaml': deploy }) })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return join(folder, 'deploy.yaml');
}

/** What is said of it, without the folder. */
function refusal(path: string): string {
  try {
    readSettings(path);
  } catch (error) {
    return String(error).replaceAll(`${dirname(path)}/`, '');
  }
  throw new Error('nothing was refused');
}

describe('deploy.yaml', () => {
  it('says everything that a stage is made from', () => {
    const path = written(
      `
production:
  distribution: teams/distribution.yaml
  alarmAddress: oncall@lumen-works.de
  runbook: https://wiki.lumen-works.de/operations
  mailFrom: returns
  verifiedDomains: [lumen-works.de]
  workers: 2
  tags: { cost-centre: "4711" }
  pages: { domain: lessons.lumen-works.de, certificate: "arn:aws:acm:eu-west-1:111122223333:certificate/12ab" }
staging: { distribution: teams/distribution.yaml, alarmAddress: nobody, mayMail: [Ada@lumen-works.de, "*@pilot.lumen-works.de"] }
`,
      { 'teams/distribution.yaml': own },
    );

    const { production, staging } = readSettings(path);

    expect(production).toMatchObject({
      alarmAddress: 'oncall@lumen-works.de',
      runbook: 'https://wiki.lumen-works.de/operations',
      mailFrom: 'returns',
      verifiedDomains: ['lumen-works.de'],
      workers: 2,
      tags: { 'cost-centre': '4711' },
      pages: { domain: 'lessons.lumen-works.de' },
      distribution: { organisation: { name: 'Lumen' } },
    });
    expect(staging?.mayMail).toEqual(['ada@lumen-works.de', '*@pilot.lumen-works.de']);
  });

  const signIn = (text: string) =>
    written(`production: { distribution: distribution.yaml, alarmAddress: nobody, signIn: { clientId: a, ${text} } }`);
  const tenant = 'https://login.microsoftonline.com/8f2a4c1e-0000-4000-8000-000000000000/v2.0';

  it('says at which provider people sign in', () => {
    const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:afterword-sign-in-AbCdEf';

    expect(readSettings(signIn(`issuer: "${tenant}", clientSecret: "${secret}", address: upn`)).production?.signIn).toEqual({
      issuer: tenant,
      clientId: 'a',
      clientSecret: secret,
      address: 'upn',
    });
  });

  it.each([
    ['issuer: "http://sign-in.lumen-works.de"', 'signIn.issuer: is not the issuer of your provider, an address that begins with https://'],
    ['issuer: "https://a.okta.com/.well-known/openid-configuration"', 'signIn.issuer: is not the issuer alone'],
    ['issuer: "https://login.microsoftonline.com/common/v2.0"', 'signIn.issuer: is not the issuer of your own tenant'],
    ['issuer: "https://login.microsoftonline.com/organizations/v2.0"', 'signIn.issuer: is not the issuer of your own tenant'],
    ['issuer: "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"', 'anybody could sign in'],
    ['issuer: "https://a.okta.com", clientSecret: hunter2', 'signIn.clientSecret: is not the whole ARN of a secret'],
    ['issuer: "https://a.okta.com", address: "e mail"', 'signIn.address: is not the name of a claim'],
    ['issuer: "https://accounts.google.com", address: email', 'signIn.address: is not for Google, which'],
    ['issuer: "https://login.microsoftonline.com/8f2a/v2.0"', 'signIn.address: is not to be left out for Entra'],
    ['issuer: "https://a.okta.com", secret: x', 'signIn.secret: is an unknown key'],
    ['clientSecret: nobody', 'signIn.issuer: is missing. Write for example signIn: {'],
  ])('refuses a provider with %s', (text, said) => {
    expect(refusal(signIn(text))).toContain(said);
  });

  const pages = (text: string) =>
    written(`production: { distribution: distribution.yaml, alarmAddress: nobody, pages: { domain: lessons.lumen-works.de, ${text} } }`);

  it('says in which hosted zone the host of the pages is', () => {
    const hostedZone = { id: 'Z0123456789ABCDEFGHIJ', name: 'lumen-works.de' };
    expect(readSettings(pages('hostedZone: { id: Z0123456789ABCDEFGHIJ, name: lumen-works.de }')).production?.pages).toEqual({
      domain: 'lessons.lumen-works.de',
      hostedZone,
    });
  });

  it.each([
    ['', 'pages.certificate: is not to be left out where there is no hostedZone'],
    ['hostedZone: { id: lumen-works.de, name: lumen-works.de }', 'pages.hostedZone.id: is not the id of a hosted zone'],
    ['hostedZone: { id: Z0123456789ABC, name: works.de }', 'pages.hostedZone.name: is not the name of a zone that pages.domain is in'],
    ['hostedZone: { id: Z0123456789ABC }', 'pages.hostedZone.name: is missing'],
    ['zone: lumen-works.de', 'pages.zone: is an unknown key'],
  ])('refuses a host of pages with %s', (text, said) => {
    expect(refusal(pages(text))).toContain(said);
  });

  it('needs no more than a distribution file and who hears alarms', () => {
    const { production, staging } = readSettings(
      written('production: { distribution: distribution.yaml, alarmAddress: oncall@lumen-works.de }'),
    );

    expect(production).toMatchObject({ mailFrom: 'bounce', verifiedDomains: [], workers: 5, tags: {} });
    expect(staging).toBeUndefined();
  });

  it('that is not there is missed in one sentence', () => {
    expect(refusal(written(undefined))).toBe(
      'Error: There is no deploy.yaml here. It says what staging and production are deployed with: copy samples/deploy.yaml to deploy.yaml.',
    );
  });

  it('is told all its flaws at once, each with its place, its field and what to write', () => {
    const flawed = written(`production:
  distribution: distribution.yaml
  alarmAdress: oncall@lumen-works.de
  runbook: wiki
  workers: 1
  mayMail: [ada@lumen-works.de]
staging:
  distribution: distribution.yaml
  alarmAddress: notanaddress
  mayMail: [foo]
`);

    expect(refusal(flawed).split('\n').slice(1)).toEqual([
      'deploy.yaml:1:1: production.alarmAddress: is missing. Write for example alarmAddress: oncall@example.com, or alarmAddress: nobody',
      expect.stringMatching(
        /^deploy\.yaml:3:3: production\.alarmAdress: is an unknown key\. Did you mean alarmAddress\? Known here: distribution, /,
      ),
      expect.stringMatching(
        /^deploy\.yaml:4:12: production\.runbook: is not an address that begins with https:\/\/\. Write for example runbook: /,
      ),
      'deploy.yaml:5:12: production.workers: is less than 2. Write for example workers: 2',
      expect.stringMatching(/^deploy\.yaml:6:3: production\.mayMail: is an unknown key\. /),
      'deploy.yaml:9:17: staging.alarmAddress: is not an address such as oncall@example.com. Write for example alarmAddress: oncall@example.com, or alarmAddress: nobody',
      'deploy.yaml:10:13: staging.mayMail.0: is not an address, or *@ and a domain. Write for example mayMail: [ada@example.com]',
    ]);
  });

  it.each([
    ['', 'deploy.yaml:1:1: is empty, not a set of named values. Write for example production: {'],
    ['{}', 'names no stage'],
    ['prod: { distribution: distribution.yaml }', 'prod: is an unknown key. Known here: staging, production.'],
    ['production: [', 'cannot be read as YAML'],
  ])('is refused where it is %j', (text, said) => {
    expect(refusal(written(text))).toContain(said);
  });

  it('names a distribution file that is not there at the setting', () => {
    expect(refusal(written('production: { distribution: nope.yaml, alarmAddress: nobody }'))).toContain(
      'deploy.yaml:1:29: production.distribution: there is no file nope.yaml. Name your distribution file, as seen from deploy.yaml.',
    );
  });

  it('tells the flaws of the distribution files of all stages in the same round', () => {
    const path = written(
      'production: { distribution: a.yaml, alarmAddress: nobody }\nstaging: { distribution: b.yaml, alarmAddress: nobody }',
      { 'a.yaml': own.replace('zone: Europe/Berlin', 'zone: Mars/Base'), 'b.yaml': own.replace('streams: {}', 'stream: {}') },
    );

    expect(refusal(path)).toContain('a.yaml:2:');
    expect(refusal(path)).toMatch(/b\.yaml:4:1: stream: is an unknown key/);
  });

  it('tells them even where a setting beside them is wrong', () => {
    const path = written('production: { distribution: nope.yaml, workers: 1, alarmAddress: nobody }\nstaging: { distribution: gone.yaml }');

    expect(refusal(path).split('\n').slice(1)).toEqual([
      expect.stringContaining('production.distribution: there is no file nope.yaml'),
      expect.stringContaining('production.workers: is less than 2'),
      expect.stringContaining('staging.alarmAddress: is missing'),
      expect.stringContaining('staging.distribution: there is no file gone.yaml'),
    ]);
  });

  it('does not deploy the sample, nor a domain that belongs to nobody', () => {
    const path = written('production: { distribution: distribution.yaml, alarmAddress: nobody }', {});
    copyFileSync('samples/distribution.yaml', join(dirname(path), 'distribution.yaml'));

    expect(refusal(path)).toContain(
      "deploy.yaml:1:29: production.distribution: distribution.yaml has example.com and notices.example.com, which are nobody's domains. Put your own domains and senders in.",
    );
    expect(
      refusal(
        written('production: { distribution: d.yaml, alarmAddress: nobody }', {
          'd.yaml': own.replaceAll('lumen-works.de', 'mail.corp.test'),
        }),
      ),
    ).toContain('has mail.corp.test');
  });

  it('knows a verified domain that no sender is in for a typing error', () => {
    const path = written('production: { distribution: distribution.yaml, alarmAddress: nobody, verifiedDomains: [lumen-work.de] }');

    expect(refusal(path)).toContain(
      'production.verifiedDomains.0: no sender of distribution.yaml is in lumen-work.de. The senders are in lumen-works.de.',
    );
  });
});

describe('the sample of it', () => {
  it('can be looked at', () => {
    expect(Object.keys(readSettings('samples/deploy.yaml', { own: false }))).toEqual(['staging', 'production']);
  });

  it('is refused by a deployment', () => {
    expect(() => readSettings('samples/deploy.yaml')).toThrow(
      /production\.distribution: .*example\.com and .*, which are nobody's domains/,
    );
  });

  it('has every setting, those that may be left out behind a #', () => {
    const text = readFileSync('samples/deploy.yaml', 'utf8');
    const keys = (stage: 'staging' | 'production') => Object.keys(SettingsFile.shape[stage].unwrap().shape);

    expect(keys('production').filter((key) => !new RegExp(`^  (# )?${key}:`, 'm').test(text))).toEqual([]);
    expect(keys('staging').filter((key) => !new RegExp(`^  (# )?${key}:`, 'm').test(text))).toEqual([]);
  });
});

describe('a setting', () => {
  it('does not come from -c any more', () => {
    const settings = settingsWith(readDistribution(testDistribution));
    process.env.CDK_CONTEXT_JSON = JSON.stringify({ alarmAddress: 'a@b.de', mayMail: 'c@b.de' });
    try {
      expect(() => afterwordApp({ stages: { laptop: settings }, bundles: bundlesIn('nowhere') })).toThrow(
        '-c mayMail, -c alarmAddress: settings are taken from deploy.yaml only. Write them into the block of their stage there.',
      );
    } finally {
      delete process.env.CDK_CONTEXT_JSON;
    }
    expect(new App().node.tryGetContext('alarmAddress')).toBeUndefined();
  });

  it('workers bounds the bulk lane, what records events and what composes', () => {
    const stage = aStage('production', { workers: 2 });
    const atOnce = (fn: string) =>
      the(stage.all('AWS::Lambda::EventSourceMapping').filter(({ properties }) => properties.FunctionName.Ref === stage.fn(fn).id))
        .properties.ScalingConfig.MaximumConcurrency;

    expect(['deliver-bulk', 'feedback', 'compose', 'deliver-urgent'].map(atOnce)).toEqual([2, 2, 2, 2]);
  });

  it('verifiedDomains leaves the identity of a domain alone', () => {
    const stage = aStage('production', { verifiedDomains: ['corp.fabrikam.example'] });

    expect(stage.all('AWS::SES::EmailIdentity').map(({ properties }) => properties.EmailIdentity)).toEqual(['notices.fabrikam.example']);
    expect(JSON.stringify(stage.statements('deliver-bulk'))).toContain('identity/corp.fabrikam.example');
  });

  it('alarmAddress is subscribed to the alarms, and nobody is nobody', () => {
    const mails = (address: string) =>
      aStage('production', { alarmAddress: address })
        .all('AWS::SNS::Subscription')
        .filter(({ properties }) => properties.Protocol === 'email')
        .map(({ properties }) => properties.Endpoint);

    expect(mails('oncall@fabrikam.example')).toEqual(['oncall@fabrikam.example']);
    expect(mails('nobody')).toEqual([]);
  });

  it('mayMail is added to the mailbox simulator on staging', () => {
    const stage = aStage('staging', { mayMail: ['ada@fabrikam.example'] });
    const sending = stage.statements('deliver-bulk').find(({ Action }) => Action === 'ses:SendRawEmail');

    expect(sending.Condition['ForAllValues:StringLike']['ses:Recipients']).toEqual(['*@simulator.amazonses.com', 'ada@fabrikam.example']);
  });

  it('signIn tells the pages of staff the provider, and lets them alone read its secret', () => {
    const clientSecret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:afterword-sign-in-AbCdEf';
    const stage = aStage('production', { signIn: { issuer: 'https://a.okta.com', clientId: 'a', clientSecret } });
    const readers = stage.functionNames().filter((fn) => JSON.stringify(stage.statements(fn)).includes(clientSecret));

    expect(stage.fn('web').properties.Environment.Variables).toMatchObject({
      SIGN_IN_ISSUER: 'https://a.okta.com',
      SIGN_IN_CLIENT_ID: 'a',
      SIGN_IN_SECRET_ARN: clientSecret,
      SIGN_IN_ADDRESS: '',
    });
    expect(stage.fn('web-customers').properties.Environment.Variables).not.toHaveProperty('SIGN_IN_ISSUER');
    expect(readers).toEqual(['web']);
  });

  it('pages leads every link to a host of one’s own, and prints its record', () => {
    const pages = { domain: 'lessons.fabrikam.example', certificate: 'arn:aws:acm:eu-west-1:111122223333:certificate/12ab' };
    const stage = aStage('production', { pages });
    const url = (fn: string) => stage.fn(fn).properties.Environment.Variables.PUBLIC_URL;

    expect(['deliver-bulk', 'web', 'operator'].map(url)).toEqual(Array(3).fill('https://lessons.fabrikam.example'));
    expect(url('web-customers')).toBe('https://lessons.fabrikam.example/customers');
    expect(the(stage.all('AWS::ApiGatewayV2::DomainName')).properties).toMatchObject({ DomainName: pages.domain });
    expect(stage.all('AWS::ApiGatewayV2::ApiMapping')).toHaveLength(1);
    expect(JSON.stringify(Object.values(stage.outputs))).toContain('lessons.fabrikam.example CNAME ');
  });

  it('pages in a hosted zone brings the certificate and the record, and needs no record by hand', () => {
    const domain = 'lessons.fabrikam.example';
    const hostedZone = { id: 'Z0123456789ABC', name: 'fabrikam.example' };
    const stage = aStage('production', { pages: { domain, hostedZone } });
    const certificate = the(stage.all('AWS::CertificateManager::Certificate'));

    expect(certificate.properties).toMatchObject({
      DomainName: domain,
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: domain, HostedZoneId: hostedZone.id }],
    });
    expect(the(stage.all('AWS::ApiGatewayV2::DomainName')).properties.DomainNameConfigurations[0].CertificateArn).toEqual({
      Ref: certificate.id,
    });
    expect(the(stage.all('AWS::Route53::RecordSet')).properties).toMatchObject({
      Name: `${domain}.`,
      Type: 'A',
      HostedZoneId: hostedZone.id,
    });
    expect(JSON.stringify(Object.values(stage.outputs))).not.toContain(`${domain} CNAME`);
  });

  it('pages takes a certificate of one’s own into a hosted zone as well', () => {
    const hostedZone = { id: 'Z0123456789ABC', name: 'lessons.fabrikam.example' };
    const certificate = 'arn:aws:acm:eu-west-1:111122223333:certificate/12ab';
    const stage = aStage('production', { pages: { domain: 'lessons.fabrikam.example', certificate, hostedZone } });

    expect(stage.all('AWS::CertificateManager::Certificate')).toEqual([]);
    expect(the(stage.all('AWS::Route53::RecordSet')).properties.Name).toBe('lessons.fabrikam.example.');
  });
});
