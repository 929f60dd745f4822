import { describe, expect, it } from 'vitest';
import { readerHash } from '../../../../../core/subscriber/subscriber-id.ts';
import { fromJson, fromMarkdown } from '../../../../support/reading.ts';

const address = 'rosa.lind@example.com';
const hash = readerHash(address);
const read = (action: object) => fromJson({ title: 'A title', actionItems: [{ title: 'Drain first', ...action }] }).postmortem;
const drained = { title: 'Drain first', status: 'open' };

describe('the address by which a program names an owner', () => {
  it.each([
    ['beside the name', { owner: 'Rosa Lind', assignee: address }, 'Rosa Lind'],
    ['in capitals', { owner: 'Rosa Lind', assignee: ' Rosa.Lind@EXAMPLE.com' }, 'Rosa Lind'],
    ['in an object with a name', { assignee: { name: 'Rosa Lind', email: address } }, 'Rosa Lind'],
    ['in an object for the owner', { owner: { name: 'Rosa Lind', email: address } }, 'Rosa Lind'],
    ['in the object of a user', { assignee: { user: { name: 'Rosa Lind', email: address } } }, 'Rosa Lind'],
    ['in a list of one', { assignees: [{ name: 'Rosa Lind', email: address }] }, 'Rosa Lind'],
    ['by a name of its own', { owner: 'Rosa Lind', assigneeEmail: address }, 'Rosa Lind'],
    ['alone', { assignee: address }, undefined],
  ])('is kept as a hash: %s', (_, action, owner) => {
    const postmortem = read(action);

    expect(postmortem.actionItems).toEqual([{ ...drained, ...(owner && { owner }), assigneeHash: hash }]);
    expect(JSON.stringify(postmortem)).not.toMatch(/rosa\.lind/i);
  });

  it('is read of front matter too', () => {
    const { postmortem } = fromMarkdown(
      `---\nactions:\n  - title: Drain first\n    owner: Rosa Lind\n    assignee: ${address}\n---\n\n# A title\n\nText.\n`,
    );
    expect(postmortem.actionItems).toEqual([{ ...drained, owner: 'Rosa Lind', assigneeHash: hash }]);
  });

  it.each([
    ['a name', { assignee: 'Rosa Lind' }, 'Rosa Lind'],
    ['a handle', { assignee: { login: 'rosa' } }, 'rosa'],
    [
      'several people',
      {
        assignees: [
          { name: 'Rosa', email: address },
          { name: 'Jo', email: 'jo@example.com' },
        ],
      },
      'Rosa, Jo',
    ],
    ['an address as the name of the owner', { owner: address }, address],
  ])('is none, and the owner is called as before: %s', (_, action, owner) => {
    expect(read(action).actionItems).toEqual([{ ...drained, owner }]);
  });

  it('cannot be sent as a hash', () => {
    const postmortem = read({ assigneeHash: hash });
    expect(postmortem).toMatchObject({ actionItems: [drained], sections: [] });
    expect(JSON.stringify(postmortem)).not.toContain(hash);
  });
});
