import { Square, SquareCheck } from "lucide-react";
import { classes } from "@/components/ui/classes";
import { CodeBlock } from "./code-block";
import { Inlines } from "./inlines";
import type { InlineContext } from "./inlines";
import type { Block, Cell, Item } from "./markdown";

interface BlockContext extends InlineContext {
  /** Within a list or quote: that runs as its first words do, and browsers do not look into parts with a direction of their own. */
  isInner?: boolean;
}

interface BlocksProps extends BlockContext {
  blocks: readonly Block[];
}

export function Blocks({ blocks, ...context }: BlocksProps) {
  return blocks.map((block, index) => <OneBlock key={index} block={block} {...context} />);
}

function OneBlock({ block, isInner = false, ...context }: BlockContext & { block: Block }) {
  const dir = isInner ? undefined : "auto";
  switch (block.kind) {
    case "paragraph":
      return (
        <p dir={dir}>
          <Inlines pieces={block.children} {...context} />
        </p>
      );
    // A message has no place in the page's outline: what is large is large, and no heading.
    case "heading":
      return (
        <p dir={dir} className={classes("font-semibold", block.depth === 1 && "text-[17px] leading-6")}>
          <Inlines pieces={block.children} {...context} />
        </p>
      );
    case "code":
      return <CodeBlock text={block.text} language={block.language} />;
    case "quote":
      return (
        <blockquote dir={dir} className="border-s-[3px] border-n7 ps-3 text-n11">
          <Blocks blocks={block.blocks} isInner {...context} />
        </blockquote>
      );
    case "list":
      return block.start === null ? (
        <ul dir={dir} className="list-disc ps-6">
          <Items items={block.items} {...context} />
        </ul>
      ) : (
        <ol dir={dir} start={block.start} className="list-decimal ps-6 tabular-nums">
          <Items items={block.items} {...context} />
        </ol>
      );
    case "table":
      return <Table head={block.head} rows={block.rows} {...context} />;
    case "rule":
      return <hr className="my-2 border-n6" />;
  }
}

function Items({ items, ...context }: InlineContext & { items: readonly Item[] }) {
  return items.map(({ isDone, blocks }, index) => {
    const Box = isDone ? SquareCheck : Square;
    return (
      <li key={index} className={isDone === null ? undefined : "relative list-none"}>
        {isDone !== null && (
          <Box
            size={16}
            strokeWidth={1.5}
            role="img"
            aria-label={isDone ? "✓" : "☐"}
            className="absolute -start-6 top-[3px] text-n10"
          />
        )}
        <Blocks blocks={blocks} isInner {...context} />
      </li>
    );
  });
}

const aligned = { left: "text-left", center: "text-center", right: "text-right" };

function Table({
  head,
  rows,
  ...context
}: InlineContext & { head: readonly Cell[]; rows: readonly (readonly Cell[])[] }) {
  const cell = ({ align }: Cell) => classes("border border-n6 px-2.5 py-1 align-top", aligned[align ?? "left"]);
  return (
    <div className="max-w-full overflow-x-auto" tabIndex={0} role="group">
      <table className="border-collapse text-sm">
        <thead>
          <tr>
            {head.map((one, index) => (
              <th key={index} scope="col" className={classes(cell(one), "bg-n3 font-semibold")}>
                <Inlines pieces={one.children} {...context} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((one, index) => (
                <td key={index} className={cell(one)}>
                  <Inlines pieces={one.children} {...context} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
