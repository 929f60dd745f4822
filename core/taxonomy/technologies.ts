import type { Term } from './term.ts';

export const technologies: readonly Term[] = [
  { id: 'redis', label: 'Redis', kind: 'technology', says: ['redis'], weight: 1 },
  { id: 'redis-sentinel', label: 'Redis Sentinel', kind: 'technology', says: ['redis …3 sentinel*', 'sentinel* …3 redis'], weight: 1 },
  { id: 'go', label: 'Go', kind: 'technology', says: ['golang', 'written in =Go', '=Go runtime|service|program|binary'], weight: 1 },
];
