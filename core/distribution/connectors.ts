import * as z from 'zod';
import { severities } from '../postmortem/postmortem.ts';
import { Label } from './fields.ts';

/** The organisation's severities, by the names that they have in the incident tool. */
const severityMap = z.record(Label, z.enum(severities));

/**
 * `public`: the key of the API sees only what everybody in the organisation may see. These APIs do
 * not say of an incident whether it is private, so without this word each one waits for an
 * operator.
 */
const keySees = z.literal('public').optional();

/** Tools that declare an incident before its postmortem. PagerDuty pages for the same incidents. */
const declaring = ['incident-io', 'rootly', 'firehydrant'] as const;

/** Tools whose postmortems arrive by themselves: docs/connectors/README.md. */
export const ConnectorSettings = z
  .strictObject({
    'incident-io': z
      .strictObject({
        severities: severityMap,
        /** The custom field that names the affected services. */
        services: Label.optional(),
      })
      .optional(),
    rootly: z.strictObject({ severities: severityMap }).optional(),
    firehydrant: z.strictObject({ severities: severityMap, keySees }).optional(),
    pagerduty: z
      .strictObject({
        /** By the names of priorities. What has another one, or none, is not declared. */
        severities: severityMap,
        region: z.enum(['us', 'eu']).optional(),
        keySees,
        /** Beside another tool that declares: PagerDuty does so as well. */
        declares: z.literal(true).optional(),
      })
      .optional(),
    statuspage: z
      .strictObject({
        /** By the words for impact: none, minor, major, critical, maintenance. */
        severities: severityMap,
        /** The id of the page. */
        page: z.string().regex(/^[a-z0-9]{1,40}$/i),
      })
      .optional(),
  })
  .refine((all) => !all.pagerduty || all.pagerduty.declares || declaring.every((other) => !all[other]), {
    path: ['pagerduty'],
    message:
      'alone in declaring: another tool of this file declares incidents too, so each would be awaited twice. Leave pagerduty out, or say declares: true if its incidents are others',
  });
