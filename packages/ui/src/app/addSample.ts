import type { Platform } from './platform.ts';
import { teamDocsOf } from './teamDocs.ts';

/** Makes the sample team and fills it; on any failure nothing of it is left. */
export async function addSample(platform: Platform): Promise<void> {
  // Its texts are many and read once: they come only now.
  const { fillSample, sampleName } = await import('../sample/sample.ts');
  const workspace = platform.addSample(sampleName());
  try {
    await fillSample(teamDocsOf(platform, workspace), platform.clock.now());
  } catch (error) {
    await platform.removeSample();
    throw error;
  }
}
