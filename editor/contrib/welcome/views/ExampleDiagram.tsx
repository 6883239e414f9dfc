const arrow = 'M0 0-9-4.5-9 4.5z';

/** The example at a glance: an agent sorts, a tool looks up, a person answers the difficult ones. */
export function ExampleDiagram() {
  return (
    <svg
      className="example"
      viewBox="0 0 470 96"
      role="img"
      aria-label="Example: classify, look up the order, answer by hand"
    >
      {[
        [40, 68],
        [172, 200],
        [292, 320],
        [404, 432],
      ].map(([from, to]) => (
        <g key={from}>
          <path className="flow" d={`M${from},46H${to}`} />
          <path className="head" d={arrow} transform={`translate(${to},46)`} />
        </g>
      ))}
      <circle className="shape" cx="22" cy="46" r="18" />
      <g className="agent">
        <rect className="shape" x="68" y="12" width="104" height="68" rx="10" />
        <rect className="inner" x="71.5" y="15.5" width="97" height="61" rx="7" />
        <text x="120" y="50.5">
          Classify
        </text>
      </g>
      <g className="tool">
        <rect className="shape" x="200" y="12" width="92" height="68" rx="10" />
        <text x="246" y="50.5">
          Look up
        </text>
      </g>
      <g className="human">
        <rect className="shape" x="320" y="12" width="84" height="68" rx="10" />
        <text x="362" y="50.5">
          Answer
        </text>
      </g>
      <circle className="shape end" cx="448" cy="46" r="16" />
    </svg>
  );
}
