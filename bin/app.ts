import { resolve } from 'node:path';
import { afterwordApp } from '../lib/afterword-app.ts';
import { bundleLambdas } from '../lib/bundle.ts';

afterwordApp({ stages: ['laptop', 'staging', 'production'], bundles: await bundleLambdas(resolve('dist/lambdas')) }).synth();
