import { fromBase64 } from 'lib0/buffer';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { exportDocument } from './exportDocument.ts';
import { ROOM } from './testing/world.ts';

test('an exported document is read as it stands, and restored whole', () => {
  const doc = new Y.Doc();
  const body = new Y.XmlFragment();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText('Reçu le 3.')]);
  body.insert(0, [paragraph]);
  doc.getMap('notes').set('n1', new Y.Map(Object.entries({ title: 'Note', body })));
  doc.getArray('history').push([{ at: 1 }]);
  const before = Y.encodeStateVector(doc);

  const exported = exportDocument({ doc, room: ROOM }, 1_795_000_000_000);
  expect(JSON.parse(JSON.stringify(exported))).toMatchObject({
    format: 'liasse.document',
    version: 1,
    room: ROOM,
    exportedAt: 1_795_000_000_000,
    content: {
      notes: { n1: { title: 'Note', body: '<paragraph>Reçu le 3.</paragraph>' } },
      history: [{ at: 1 }],
    },
  });
  const restored = new Y.Doc();
  Y.applyUpdate(restored, fromBase64(exported.update));
  expect(restored.getMap('notes').toJSON()).toEqual(doc.getMap('notes').toJSON());
  expect(Y.encodeStateVector(restored)).toEqual(before);
});
