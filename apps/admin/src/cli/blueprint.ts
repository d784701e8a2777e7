import { Command } from 'commander'
import type { BlueprintPlan } from '@copractice/core/programme'
import { applyBlueprint, blueprintNames, previewBlueprint, readBlueprint } from '@copractice/services/programme'
import { CannotDo, chooseNetwork, onDatabase, words } from './on-database.ts'

type Options = Readonly<{ network?: string; preview: boolean }>

/** `blueprint list` and `blueprint apply NAME`: the programmes that ship, as what a network starts from. */
export function blueprintCommand(): Command {
  const blueprint = new Command('blueprint').description('programmes that ship, for a network to start from')
  blueprint
    .command('list')
    .action(() => console.log(JSON.stringify(blueprintNames().map((name) => summaryOf(readBlueprint(name)!)))))
  blueprint
    .command('apply')
    .argument('<name>', blueprintNames().join(', '))
    .option('--network <name>', 'needed when there are several', words)
    .option('--preview', 'say what it would make, and make nothing', false)
    .action((name: string, options: Options) => apply(name, options))
  return blueprint
}

const summaryOf = ({ name, title, summary }: { name: string; title: string; summary: string }) => ({
  name,
  title,
  summary,
})

function apply(name: string, { network: named, preview }: Options): Promise<void> {
  return onDatabase(async (db) => {
    const blueprint = readBlueprint(name)
    if (!blueprint) throw new CannotDo(`No blueprint is called ${name}. There are: ${blueprintNames().join(', ')}.`)
    const network = await chooseNetwork(db, named)
    const plan = preview
      ? await previewBlueprint(db, network.id, blueprint)
      : await applyBlueprint(db, { networkId: network.id, personId: null }, blueprint, new Date())
    return { blueprint: name, network: network.name, ...(preview ? { would: listed(plan) } : { made: listed(plan) }) }
  })
}

const listed = ({ policy, series, credentials, templates }: BlueprintPlan) => ({
  limits: policy?.changes ?? [],
  series: series.map(({ slug }) => slug),
  credentials: credentials.map(({ slug, versions }) => ({ slug, versions: versions.map(({ number }) => number) })),
  templates: templates.map(({ slug }) => slug),
})
