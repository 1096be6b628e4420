import { ReactNode, useState } from 'react';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
} from '@backstage/ui';

/** Props of {@link SendDialog}. */
export type SendDialogProps = {
  title: string;
  /** On the button that sends: "Approve". */
  verb: string;
  /** What the button does cannot be taken back. */
  destructive?: boolean;
  /** Said above the reason of a refusal: "It was not decided". */
  refusal: string;
  /** Whether something is still wrong with what was typed. */
  isInvalid?: boolean;
  onSend: () => Promise<unknown>;
  onClose: () => void;
  /** Told whether it was tried to send: nobody is told off before. */
  children: (isTried: boolean) => ReactNode;
};

/**
 * A dialog that sends what was chosen in it. It stays, with all that was typed,
 * where that is refused.
 */
export const SendDialog = (props: SendDialogProps) => {
  const { title, verb, destructive, refusal, isInvalid, onSend, onClose } =
    props;
  const [isTried, setTried] = useState(false);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<Error>();

  const send = async () => {
    setTried(true);
    if (isInvalid) return;
    setSending(true);
    setError(undefined);
    try {
      await onSend();
    } catch (failure) {
      setError(failure as Error);
      setSending(false);
    }
  };

  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={520}>
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          {props.children(isTried)}
          {error && (
            <Alert
              status="danger"
              icon
              title={refusal}
              description={error.message}
            />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {destructive ? 'Leave it' : 'Cancel'}
        </Button>
        <Button
          variant="primary"
          destructive={destructive}
          onPress={send}
          isPending={isSending}
        >
          {verb}
        </Button>
      </DialogFooter>
    </Dialog>
  );
};
