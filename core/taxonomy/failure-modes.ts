import type { Term } from './term.ts';

export const failureModes: readonly Term[] = [
  {
    id: 'expired-certificate',
    label: 'an expired certificate',
    kind: 'failure mode',
    says: ['cert|certs|certificat* …6 expir*|lapse*', 'expir* …4 cert|certs|certificat*'],
    weight: 3,
  },
];
