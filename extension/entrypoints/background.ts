import { defineBackground } from 'wxt/utils/define-background';
import { startWorker } from '../src/background/worker.ts';

export default defineBackground({ type: 'module', main: startWorker });
