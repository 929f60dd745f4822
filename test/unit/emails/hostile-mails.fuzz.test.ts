import fc from 'fast-check';
import { it } from 'vitest';
import { alertContent } from '../../../core/content/alert-content.ts';
import { digestContent } from '../../../core/content/digest-content.ts';
import { takenBackContent, toldAgainContent } from '../../../core/content/update-content.ts';
import { engineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { leadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { renderAlert, renderDigest } from '../../../emails/render-edition.ts';
import { renderUpdate } from '../../../emails/render-update.ts';
import { expectHarmlessMail } from '../../support/harmless-mail.ts';
import { tries } from '../../support/hostile/fuzz.ts';
import { hostileGroup, hostileOpenActions, hostilePostmortem, hostilePostmortems, hostileText } from '../../support/hostile/incidents.ts';
import { digestInput } from '../../support/samples/samples.ts';
import { updateInput, updateSettings } from '../../support/samples/updates.ts';
import { aSentMail } from '../../support/sent-mail.ts';

const { organisation, now } = digestInput;
const inOrganisation = (name: string) => ({ ...organisation, name });

it('a digest of whatever strangers wrote is built of nothing but our own parts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ told: hostilePostmortems, late: fc.nat(1), openActions: hostileOpenActions, name: hostileText, team: hostileGroup }),
      async ({ told, late, openActions, name, team }) => {
        const renditions = told.map(engineeringRendition);
        const content = digestContent({
          ...digestInput,
          fresh: renditions.slice(late),
          late: renditions.slice(0, late),
          openActions,
          organisation: inOrganisation(name),
        });
        const fragments = renderDigest(content);
        await expectHarmlessMail(aSentMail(fragments, { profile: { team } }), content);
      },
    ),
    tries(0.5),
  );
});

it('an alert of whatever strangers wrote is built of nothing but our own parts', async () => {
  await fc.assert(
    fc.asyncProperty(hostilePostmortem(fc.constant('pm-1')), hostileGroup, async (postmortem, role) => {
      const content = alertContent({ organisation, postmortem: leadershipRendition(postmortem), mandatory: false, now });
      const mail = aSentMail(renderAlert(content), { stream: 'sev1-alerts', incident: 'pm-1', profile: { role } });
      await expectHarmlessMail(mail, { subject: content.subject, isAlert: true });
    }),
    tries(0.5),
  );
});

it('an update of whatever strangers wrote is built of nothing but our own parts', async () => {
  const kind = fc.constantFrom('update', 'lowered', 'reinstated');
  await fc.assert(
    fc.asyncProperty(kind, hostilePostmortem(fc.constant('pm-1')), hostilePostmortem(fc.constant('pm-1')), async (how, before, after) => {
      const content = toldAgainContent(updateInput(how, before, after));
      const mail = aSentMail(renderUpdate(content), { stream: 'sev1-alerts', incident: 'pm-1' });
      await expectHarmlessMail(mail, { subject: content.subject, isAlert: true });
    }),
    tries(0.5),
  );
});

it('a merged account of whatever strangers wrote is built of nothing but our own parts', async () => {
  await fc.assert(
    fc.asyncProperty(hostilePostmortem(fc.constant('pm-1')), async ({ id, title }) => {
      const content = takenBackContent({ ...updateSettings, told: ['sev1'], update: { mergedInto: { id, title } } });
      const mail = aSentMail(renderUpdate(content), { stream: 'sev1-alerts', incident: 'pm-2' });
      await expectHarmlessMail(mail, { subject: content.subject, isAlert: true });
    }),
    tries(0.2),
  );
});
