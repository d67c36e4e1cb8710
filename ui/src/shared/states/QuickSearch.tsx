// Quick search: answers as one types.
import { ActionIcon, Button, Popover, TextInput } from "@mantine/core";
import { IconSearch, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ariaKeys } from "../keys/actions";
import { Keys } from "../keys/Keys";
import { useAction } from "../keys/useAction";
import classes from "./QuickSearch.module.css";

/** Shorter than one notices, longer than a burst of key presses. */
const REST_MS = 60;

type Props = {
  value: string;
  onSearch: (text: string) => void;
  placeholder: string;
  /** Why there is no search now; null if there is. */
  refusal: string | null;
  onUseMirror: () => void;
};

export function QuickSearch({ value, onSearch, placeholder, refusal, onUseMirror }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [why, setWhy] = useState(false);
  const told = useRef(value);

  // The view may be changed elsewhere ("clear"): the field follows.
  useEffect(() => {
    if (value !== told.current) setText(value);
    told.current = value;
  }, [value]);
  const send = useRef(onSearch);
  send.current = onSearch;
  useEffect(() => {
    if (text === told.current) return;
    const timer = setTimeout(() => {
      told.current = text;
      send.current(text);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useAction("search", () => {
    if (refusal) setWhy(true);
    input.current?.focus();
    input.current?.select();
  });

  return (
    <Popover
      opened={why && refusal !== null}
      onChange={setWhy}
      withRoles={false}
      position="bottom-end"
      width={288}
      shadow="md"
    >
      <Popover.Target>
        <TextInput
          ref={input}
          type="search"
          className={classes.search}
          classNames={{ input: classes.input }}
          aria-label={placeholder}
          aria-keyshortcuts={ariaKeys("search")}
          aria-description={refusal ?? undefined}
          placeholder={placeholder}
          leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
          rightSectionWidth={text ? 34 : 62}
          rightSection={
            text && !refusal ? (
              <ActionIcon
                size="sm"
                aria-label={t("search.clear")}
                onClick={() => {
                  setText("");
                  input.current?.focus();
                }}
              >
                <IconX size={14} />
              </ActionIcon>
            ) : (
              <Keys action="search" />
            )
          }
          value={refusal ? "" : text}
          readOnly={refusal !== null}
          data-refused={refusal !== null || undefined}
          onClick={() => refusal && setWhy(true)}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            setWhy(false);
            setText("");
          }}
          autoComplete="off"
          spellCheck={false}
        />
      </Popover.Target>
      <Popover.Dropdown className={classes.why}>
        <p>{refusal}</p>
        <Button
          size="xs"
          onClick={() => {
            setWhy(false);
            onUseMirror();
          }}
        >
          {t("remedies.use_mirror")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
