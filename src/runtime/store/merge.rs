//! The conflict rule of syncing with a server, for one field of one thing. Pure: values in, a
//! verdict out.
//!
//! A field has a *base*, the value that server and library agreed on last, and perhaps a *wish*:
//! what the reader did since. What the server says now is compared with both.
//!
//! 1. The server still says the base: nobody changed it there, and a wish stays to be sent.
//! 2. It says what is wished for: the wish is granted, whoever made the change.
//! 3. It says something else, and there is no wish: it was changed elsewhere, and that counts.
//! 4. It says something else, and there is a wish: the later act wins, by the server's clock. Where
//!    the server gives no time of the act, the wish wins.
//!
//! On the first meeting there is no base. What is set on either side is set then (read, starred,
//! labelled), so that no reading done before is lost.

/// What to do with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Leave the library as it is; a wish stays.
    Keep,
    /// The library has the server's value already, and a wish for it is granted.
    Granted,
    /// Store the server's value; a wish is dropped.
    Take,
}

/// What was done to a field here and is not known to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wished<T> {
    /// The value wished for.
    pub value: T,
    /// When, in milliseconds since 1970 by the server's clock.
    pub at: i64,
}

/// Decides about a field that was agreed on before. `changed` is when the server's value was set,
/// in milliseconds since 1970; `None` where the server does not say.
pub fn merge<T: PartialEq>(
    base: &T,
    server: &T,
    wish: Option<&Wished<T>>,
    changed: Option<i64>,
) -> Verdict {
    match wish {
        Some(wish) if wish.value == *server && server != base => Verdict::Granted,
        _ if server == base => Verdict::Keep,
        None => Verdict::Take,
        Some(wish) if changed.is_some_and(|changed| changed > wish.at) => Verdict::Take,
        Some(_) => Verdict::Keep,
    }
}

/// The value of a mark on which library and server meet for the first time: set where either has it
/// set, unless the reader took it away by hand.
pub fn first_meeting(here: bool, server: bool, is_unset_by_hand: bool) -> bool {
    here || (server && !is_unset_by_hand)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wish() -> impl Strategy<Value = Option<Wished<u8>>> {
        proptest::option::of((0..3_u8, 0..5_i64).prop_map(|(value, at)| Wished { value, at }))
    }

    proptest! {
        /// What the library holds afterwards: the wish's value where it stays, else the server's.
        #[test]
        fn what_is_held_follows_from_the_rule(
            base in 0..3_u8, server in 0..3_u8, wish in wish(),
            changed in proptest::option::of(0..5_i64),
        ) {
            let verdict = merge(&base, &server, wish.as_ref(), changed);
            let held = match (verdict, &wish) {
                (Verdict::Keep, Some(wish)) => wish.value,
                (Verdict::Keep, None) => base,
                _ => server,
            };
            let expected = match (&wish, changed) {
                // Nobody changed it there.
                (Some(wish), _) if server == base => wish.value,
                (Some(wish), Some(changed)) if changed > wish.at => {
                    if wish.value == server { wish.value } else { server }
                }
                (Some(wish), _) => wish.value,
                (None, _) => server,
            };
            prop_assert_eq!(held, expected);
        }

        /// Asked again with what it left behind, it changes nothing more.
        #[test]
        fn deciding_twice_changes_nothing(
            base in 0..3_u8, server in 0..3_u8, wish in wish(),
            changed in proptest::option::of(0..5_i64),
        ) {
            let verdict = merge(&base, &server, wish.as_ref(), changed);
            let left = wish.filter(|_| verdict == Verdict::Keep);
            // Whatever came of it, the server's value is the base from then on.
            prop_assert_eq!(merge(&server, &server, left.as_ref(), changed), Verdict::Keep);
        }

        /// Two readers that did different things and sync in turn until nothing is left to send end
        /// with the server's value, whichever of them came first.
        #[test]
        fn two_readers_agree_in_the_end(
            start in 0..3_u8, acts in proptest::collection::vec((0..2_usize, 0..3_u8), 0..6),
            order in proptest::collection::vec(0..2_usize, 1..12), has_clock in any::<bool>(),
        ) {
            let (mut server, mut changed) = (start, 0_i64);
            let mut readers = [(start, None::<Wished<u8>>); 2];
            for (at, (who, value)) in acts.into_iter().enumerate() {
                readers[who].1 = Some(Wished { value, at: at as i64 + 1 });
            }
            let mut clock = 100;
            for who in order.into_iter().chain([0, 1, 0, 1]) {
                let (base, wish) = &mut readers[who];
                match merge(base, &server, wish.as_ref(), has_clock.then_some(changed)) {
                    Verdict::Keep => {}
                    Verdict::Granted | Verdict::Take => *wish = None,
                }
                *base = server;
                if let Some(wish) = wish.take() {
                    clock += 1;
                    if wish.value != server {
                        (server, changed) = (wish.value, clock);
                    }
                    *base = server;
                }
            }
            prop_assert_eq!([readers[0].0, readers[1].0], [server, server]);
        }

        #[test]
        fn a_first_meeting_loses_no_reading(here in any::<bool>(), server in any::<bool>()) {
            prop_assert_eq!(first_meeting(here, server, false), here | server);
            prop_assert_eq!(first_meeting(here, server, true), here);
        }
    }
}
