#!/usr/bin/env node
// Where the packaged command begins. What is missing in Node 20 has to be there before all else.
import './node20.ts';
import '../afterword.ts';
