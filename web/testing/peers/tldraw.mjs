// tldraw in a page of its own, with the strokes that the address asks for: the page of a peer, see asked.ts.

import 'tldraw/tldraw.css';
import { getAssetUrls } from '@tldraw/assets/selfHosted';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { b64Vecs, createShapeId, Tldraw } from 'tldraw';
import { asked, startPeer } from './asked.ts';

const COLORS = { ink: 'black', red: 'red', blue: 'blue', green: 'green', violet: 'violet' };
const BATCH = 4000;

const shapeOf = ({ color, points }, i) => {
  const [[left, top]] = points;
  const path = b64Vecs.encodePoints(
    points.map(([x, y, pressure]) => ({ x: x - left, y: y - top, z: pressure })),
    3,
  );
  return {
    id: createShapeId(`stroke-${i}`),
    type: 'draw',
    x: left,
    y: top,
    props: {
      color: COLORS[color],
      size: 's',
      segments: [{ type: 'free', path, dim: 3 }],
      isComplete: true,
      isPen: true,
    },
  };
};

const cameraOf = ({ x, y, zoom }) => ({ x: -x, y: -y, z: zoom });

startPeer((strokes) => {
  const shapes = strokes.map(shapeOf);
  const fill = (editor) => {
    Object.assign(globalThis.peer, {
      takePen: () => editor.setCurrentTool('draw'),
      look: (camera) => editor.setCamera(cameraOf(camera), { immediate: true }),
    });
    editor.setCamera(cameraOf(asked.camera), { immediate: true });
    editor.run(
      () => {
        for (let i = 0; i < shapes.length; i += BATCH) editor.createShapes(shapes.slice(i, i + BATCH));
      },
      { history: 'ignore' },
    );
  };
  return () => {
    const main = document.body.appendChild(document.createElement('main'));
    createRoot(main).render(
      createElement(Tldraw, {
        options: { maxShapesPerPage: Math.max(BATCH, shapes.length + 100) },
        assetUrls: getAssetUrls({ baseUrl: location.origin }),
        onMount: fill,
      }),
    );
  };
});
