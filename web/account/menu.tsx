import { Avatar } from "../avatar.tsx";
import type { OwnAccount } from "../me/use-me.ts";
import { followHere, ownAddress } from "../route.ts";
import { signOut } from "./session.ts";

export interface AccountMenuProps {
  readonly account: OwnAccount;
  readonly onSignIn: () => void;
  readonly onGo: (address: string) => void;
}

/** The way in, or who is in and what is theirs. */
export function AccountMenu({ account: { me, isSignedIn }, onSignIn, onGo }: AccountMenuProps) {
  if (!isSignedIn) {
    return (
      <button type="button" class="sign-in" onClick={onSignIn}>
        Sign in / Sign up
      </button>
    );
  }
  const isReady = me?.state === "ready";
  return (
    <nav class="account" aria-label="Account">
      <a class="account-me" href={ownAddress} onClick={(event) => followHere(event, () => onGo(ownAddress))}>
        <Avatar url={isReady ? me.avatarUrl : undefined} name={isReady ? me.nickname : "…"} />
        <span class="account-name">{isReady ? me.nickname : "My channel"}</span>
      </a>
      <button type="button" class="link account-out" onClick={() => signOut()}>
        Sign out
      </button>
    </nav>
  );
}
