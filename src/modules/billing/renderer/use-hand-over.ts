// What the patient gets in the hand after an act: it prints by itself where the clinic has set a printer for that kind of
// paper; otherwise the message offers to print it, since a print dialog after every checkout would stand in the way.
import { useRead } from '#renderer/api/hooks.ts'
import { showToast } from '#ui/toast.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { usePaper } from '#modules/papers/renderer/api.ts'
import { papers } from '#modules/papers/shared/contract.ts'
import type { PaperRef } from '#modules/papers/shared/paper-data.ts'

export function useHandOver(): (text: string, paper: PaperRef) => void {
  const common = useTexts(commonTexts)
  const acts = usePaper()
  const { data } = useRead(papers, 'letterhead', {})
  return (text, paper) => {
    const printer = data?.settings[paper.kind].printer ?? null
    if (printer !== null) {
      showToast({ text })
      void acts.print(paper, printer)
    } else {
      showToast({ text, action: { label: common('act.print'), run: () => void acts.print(paper) } })
    }
  }
}
