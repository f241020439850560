import { scaleLinear } from 'd3-scale';
import type { PassagePair } from '../../types.js';

const SIZE = 180;
const MARGIN = 16;

interface Props {
  passages: readonly PassagePair[];
  lengths: readonly [number, number];
  names: readonly [string, string];
  lit: number | undefined;
  onPassage: (passage: number) => void;
}

/**
 * The two texts as the sides of a square, each passage as a line from where it begins to where it ends in both, each
 * pair of sentences as a dot: a copy is a diagonal, a rearranged text is scattered.
 */
export function DotPlot({ passages, lengths, names, lit, onPassage }: Props) {
  const x = scaleLinear([0, Math.max(1, lengths[0])], [MARGIN, SIZE - 2]);
  const y = scaleLinear([0, Math.max(1, lengths[1])], [MARGIN, SIZE - 2]);
  return (
    <figure class="dotplot">
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label="Where the passages stand in the two texts">
        <rect x={MARGIN} y={MARGIN} width={SIZE - MARGIN - 2} height={SIZE - MARGIN - 2} class="frame" />
        <text x={MARGIN} y={11}>
          {short(names[0])} →
        </text>
        <text x={-SIZE + 4} y={11} transform="rotate(-90)">
          ← {short(names[1])}
        </text>
        {passages.map((passage, n) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the passages themselves take keys; this is the same for the mouse
          <g key={n} class={`p${n % 8}${n === lit ? ' lit' : ''}`} onClick={() => onPassage(n)}>
            <title>
              passage {n + 1}, {passage.kind}
            </title>
            <line x1={x(passage.a.start)} y1={y(passage.b.start)} x2={x(passage.a.end)} y2={y(passage.b.end)} />
            {passage.sentences.map(({ a, b, score }) => (
              <circle
                key={`${a.start} ${b.start}`}
                cx={x((a.start + a.end) / 2)}
                cy={y((b.start + b.end) / 2)}
                r={1.5 + 1.5 * score}
              />
            ))}
          </g>
        ))}
      </svg>
    </figure>
  );
}

function short(name: string): string {
  return name.length > 22 ? `${name.slice(0, 21)}…` : name;
}
