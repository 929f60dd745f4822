import * as z from 'zod';
import { severities } from '../postmortem/postmortem.ts';
import { Label } from './fields.ts';

/** The organisation's severities, by the names that they have in the incident tool. */
const severityMap = z.record(Label, z.enum(severities));

/** Incident tools whose postmortems arrive by themselves: docs/connectors/README.md. */
export const ConnectorSettings = z.strictObject({
  'incident-io': z
    .strictObject({
      severities: severityMap,
      /** The custom field that names the affected services. */
      services: Label.optional(),
    })
    .optional(),
  rootly: z.strictObject({ severities: severityMap }).optional(),
});
