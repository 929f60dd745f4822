import { resolve } from 'node:path';
import { afterwordApp } from '../lib/afterword-app.ts';
import { bundleLambdas } from '../lib/bundle.ts';
import { checkSecurity } from '../lib/security-checks.ts';

const bundles = await bundleLambdas(resolve('dist/lambdas'));
checkSecurity(afterwordApp({ stages: ['laptop', 'staging', 'production'], bundles, validated: true })).synth();
