export default function P() {
  return <p>Settings here</p>
}
