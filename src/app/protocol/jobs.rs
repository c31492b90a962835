//! Long work: numbers for jobs, and slots that hold at most one, so that a late answer is known by
//! its number.

/// Names one piece of work, never twice in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub u64);

/// Gives out numbers.
#[derive(Clone, Debug, Default)]
pub struct Jobs {
    last: u64,
}

impl Jobs {
    /// A new number.
    pub fn number(&mut self) -> JobId {
        self.last += 1;
        JobId(self.last)
    }
}

/// Room for one live job. Starting another forgets the first: its answer no longer fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slot(Option<JobId>);

impl Slot {
    /// Puts a new job in; gives its number, and that of the job it pushed out, which is to be
    /// cancelled.
    pub fn start(&mut self, jobs: &mut Jobs) -> (JobId, Option<JobId>) {
        let id = jobs.number();
        (id, self.0.replace(id))
    }

    /// Whether `id` is the job in here; if so it is taken out, since its answer has come.
    pub fn answered(&mut self, id: JobId) -> bool {
        let fits = self.0 == Some(id);
        if fits {
            self.0 = None;
        }
        fits
    }

    /// Whether `id` is the job in here.
    pub fn holds(&self, id: JobId) -> bool {
        self.0 == Some(id)
    }

    /// Takes the job out, to be cancelled.
    pub fn stop(&mut self) -> Option<JobId> {
        self.0.take()
    }

    /// Whether a job is under way.
    pub fn busy(&self) -> bool {
        self.0.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_to_an_old_job_does_not_fit() {
        let (mut jobs, mut slot) = (Jobs::default(), Slot::default());
        let (first, none) = slot.start(&mut jobs);
        let (second, pushed_out) = slot.start(&mut jobs);
        assert_eq!((none, pushed_out), (None, Some(first)));
        assert!(!slot.answered(first));
        assert!(slot.answered(second) && !slot.busy());
    }
}
