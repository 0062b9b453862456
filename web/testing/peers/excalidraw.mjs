// Excalidraw in a page of its own, with the strokes that the address asks for: the page of a peer, see asked.ts.

import '@excalidraw/excalidraw/index.css';
import { Excalidraw } from '@excalidraw/excalidraw';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { asked, startPeer } from './asked.ts';

const COLORS = { ink: '#1e1e1e', red: '#e03131', blue: '#1971c2', green: '#2f9e44', violet: '#6741d9' };

const elementOf = ({ color, points }, i) => {
  const [[left, top]] = points;
  const xs = points.map(([x]) => x - left);
  const ys = points.map(([, y]) => y - top);
  return {
    type: 'freedraw',
    id: `stroke-${i}`,
    x: left,
    y: top,
    width: Math.max(...xs) - Math.min(...xs),
    height: Math.max(...ys) - Math.min(...ys),
    points: xs.map((x, at) => [x, ys[at]]),
    pressures: points.map(([, , pressure]) => pressure),
    simulatePressure: false,
    strokeColor: COLORS[color],
    backgroundColor: 'transparent',
    fillStyle: 'solid',
    strokeStyle: 'solid',
    strokeWidth: 1,
    roughness: 1,
    opacity: 100,
    angle: 0,
    groupIds: [],
    frameId: null,
    roundness: null,
    boundElements: null,
    seed: i + 1,
    version: 1,
    versionNonce: i + 1,
    isDeleted: false,
    updated: 1,
    link: null,
    locked: false,
  };
};

const stateOf = ({ x, y, zoom }) => ({ scrollX: -x, scrollY: -y, zoom: { value: zoom } });

window.EXCALIDRAW_ASSET_PATH = `${location.origin}/`;

startPeer((strokes) => {
  const elements = strokes.map(elementOf);
  return () =>
    createRoot(document.body.appendChild(document.createElement('main'))).render(
      createElement(Excalidraw, {
        initialData: { elements, appState: stateOf(asked.camera) },
        excalidrawAPI: (api) =>
          Object.assign(globalThis.peer, {
            takePen: () => api.setActiveTool({ type: 'freedraw' }),
            look: (camera) => api.updateScene({ appState: stateOf(camera) }),
          }),
      }),
    );
});
