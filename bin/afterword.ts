#!/usr/bin/env node
import { runProgram } from './cli/program.ts';

// a reader such as `head` may leave early: no error of ours
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runProgram(process.argv, process.env);
