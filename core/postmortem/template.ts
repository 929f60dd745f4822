/** A blank postmortem: docs/template.md, for functions, which have no files. */
export const template = `---
title: What broke, in one line
severity: SEV-2
services: [checkout]
owningTeam: Payments
startedAt: 2026-11-17T13:05:00+01:00
resolvedAt: 2026-11-17T13:31:00+01:00
# draft: it is kept, and nobody gets it. Write published once it may go out.
status: draft
# Only if customers are to read the external message below. Named people approve it before.
# external title: Checkout was slow on 17 November
# external written by: [you@example.com]
# external ready: true
---

## Summary

<!-- What happened, in two or three sentences. It is all that many people read. -->

## Impact

<!-- Who noticed what, for how long, and how many of them. -->

## What to say

<!-- What support may tell customers, one line each. -->

## What not to say

<!-- What is not certain, or not for customers. -->

## Workaround

<!-- What customers can do until it is over. -->

## External message

<!-- What customers may read, in words for them. It goes nowhere unless external ready says so above. -->

## Root cause

<!-- Why it could happen. Name conditions, not people. -->

## Detection

<!-- How you found out, and after how long. -->

## Resolution

<!-- What ended it. -->

## Timeline

<!-- One line for each event: - 13:05 The primary is patched -->

## What went well

<!-- One line each. -->

## What went wrong

<!-- One line each. -->

## Where we got lucky

<!-- One line each. -->

## Action items

<!-- One promise for each line, with an owner and a day: - [ ] Watch replication lag (Jo Park, 2026-12-04)
If leadership has to decide on it, add lines below it: "  - Cost: two weeks" and "  - If not done: it happens again" -->
`;
